import type { Command } from 'commander';
import type { PublishedRulebook, Rulebook } from '../scheme/rulebook.ts';
import { differences } from '../scheme/rulebook-diff.ts';
import { type Cli, CliError, withLedger } from './context.ts';
import { readRulebookFile, remarkLine, rulebookIn } from './rulebook-file.ts';
import { previewVerb } from './rulebook-preview.ts';
import { publishVerb } from './rulebook-publish.ts';
import { rulebooksOf } from './rulebook-published.ts';
import { schemeOf } from './scheme.ts';

/** `rulebook check|preview|publish|list|diff`: the rules of a scheme, from a file to a fact. */
export function rulebookVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('rulebook')
    .description('write, check, try and publish the rules of a scheme');
  checkVerb(verb, cli);
  previewVerb(verb, cli);
  publishVerb(verb, cli);
  listVerb(verb, cli);
  diffVerb(verb, cli);
}

function checkVerb(verb: Command, cli: Cli): void {
  verb
    .command('check <file>')
    .description('say what is wrong with a rulebook in YAML or JSON, and where; needs no ledger')
    .option('--json', 'the remarks as JSON')
    .addHelpText('after', '\nExample:\n  skills-ledger rulebook check rules.yaml')
    .action((file: string, { json }: { json?: true }) => {
      const { remarks } = readRulebookFile(file);
      const errors = remarks.filter(({ level }) => level === 'error').length;
      const warnings = remarks.length - errors;
      if (json) cli.print(JSON.stringify({ file, errors, warnings, remarks }));
      else for (const remark of remarks) cli.print(remarkLine(file, remark));
      if (errors > 0) throw new CliError(`${file}: errors: ${errors}, warnings: ${warnings}`);
      if (!json) cli.print(`${file}: a rulebook without errors, warnings: ${warnings}`);
    });
}

function listVerb(verb: Command, cli: Cli): void {
  verb
    .command('list')
    .description('the published rulebooks of a scheme, or of every scheme')
    .option('--scheme <id or title>', 'of this one alone')
    .option('--json', 'the whole as JSON')
    .addHelpText('after', '\nExample:\n  skills-ledger rulebook list')
    .action(async ({ scheme, json }: { scheme?: string; json?: true }) => {
      await withLedger(cli, async (ledger) => {
        const schemes =
          scheme === undefined
            ? await (await ledger.views()).schemes()
            : [await schemeOf(ledger, scheme)];
        for (const id of schemes) {
          const books = await rulebooksOf(ledger, id);
          if (json) cli.print(JSON.stringify({ scheme: id, rulebooks: books }));
          else for (const line of listed(id, books)) cli.print(line);
        }
      });
    });
}

function listed(scheme: string, books: readonly PublishedRulebook[]): string[] {
  const title = books.at(-1)?.rulebook.title;
  return [
    `scheme ${scheme}${title === undefined ? '' : `: ${title}`}`,
    ...books.map(({ version, effectiveFrom, eventId, rulebook: { governs, says } }) => {
      const binds = bindsWords[governs ?? 'cycles'];
      const words = says === undefined ? '' : `  ${says}`;
      return `  version ${version} from ${effectiveFrom}, ${binds}, fact ${eventId}${words}`;
    }),
  ];
}

const bindsWords = {
  cycles: 'cycles that begin then',
  running: 'the running cycle too',
  activities: 'what is done from then on',
} as const;

function diffVerb(verb: Command, cli: Cli): void {
  verb
    .command('diff <before> <after>')
    .description('what differs between two rulebooks, in words; each is a file, or a version')
    .option('--scheme <id or title>', 'whose versions are meant')
    .option('--json', 'the differences as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger rulebook diff old.yaml new.yaml\n  skills-ledger rulebook diff 2 new.yaml --scheme ID',
    )
    .action(async (before: string, after: string, options: { scheme?: string; json?: true }) => {
      const names = [before, after];
      const books = names.some(isVersion)
        ? await published(cli, options.scheme)
        : ([] as PublishedRulebook[]);
      const [old, now] = names.map((name) => meant(name, books)) as [Rulebook, Rulebook];
      const found = differences(old, now);
      if (options.json) return cli.print(JSON.stringify({ before, after, differences: found }));
      for (const line of found) cli.print(line);
      if (found.length === 0) cli.print('they say the same');
    });
}

function isVersion(name: string): boolean {
  return /^\d{1,6}$/.test(name);
}

async function published(cli: Cli, scheme: string | undefined): Promise<PublishedRulebook[]> {
  if (scheme === undefined) throw new CliError('--scheme is expected: whose version is meant');
  let books: PublishedRulebook[] = [];
  await withLedger(cli, async (ledger) => {
    books = await rulebooksOf(ledger, await schemeOf(ledger, scheme));
  });
  return books;
}

function meant(name: string, books: readonly PublishedRulebook[]): Rulebook {
  if (!isVersion(name)) return rulebookIn(name);
  const found = books.find(({ version }) => version === Number(name));
  if (found !== undefined) return found.rulebook;
  throw new CliError(`there is no version ${name}: the last is ${books.length}`);
}
