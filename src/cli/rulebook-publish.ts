import type { Command } from 'commander';
import { v4 } from 'uuid';
import { handle } from '../commands/handle.ts';
import { idsOfHuman } from '../commands/same-human.ts';
import { publishRulebook } from '../commands/scheme.ts';
import { commandIdOf, newIdOf } from '../events/ids.ts';
import type { PreviewRequest } from '../projections/preview.ts';
import { type CivilDate, civilDateIn } from '../scheme/civil-date.ts';
import type { PublishedRulebook, Rulebook } from '../scheme/rulebook.ts';
import { differences } from '../scheme/rulebook-diff.ts';
import { adminOf } from './admin.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';
import { readRulebookFile, remarkLine, rulebookIn } from './rulebook-file.ts';
import { fromOf, rulebooksOf } from './rulebook-published.ts';
import { schemeOf } from './scheme.ts';

interface Options {
  scheme?: string;
  newScheme?: true;
  from: string;
  by: string;
  overClosed?: true;
  json?: true;
}

interface Published {
  scheme: string;
  version: number;
  effectiveFrom: CivilDate;
  event: string;
  /** It was published before, and nothing was written now. */
  repeated: boolean;
}

/** `rulebook publish FILE`: the next version of a scheme's rules, or the first of a new scheme. */
export function publishVerb(verb: Command, cli: Cli): void {
  verb
    .command('publish <file>')
    .description('publish a rulebook as the next version of a scheme; what is published stays')
    .option('--scheme <id or title>', 'the scheme whose next version it is')
    .option('--new-scheme', 'begin a new scheme with it')
    .requiredOption('--from <day>', 'the day from which it is in force')
    .requiredOption('--by <person>', 'an admin, by sign-in, membership number or person id')
    .option('--over-closed', 'also where it judges cycles anew that were closed already')
    .option('--json', 'the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger rulebook publish rules.yaml --scheme ID --from 2027-01-01 --by jane',
    )
    .action(async (file: string, options: Options) => {
      const rulebook = rulebookIn(file);
      const from = fromOf(options.from);
      if ((options.scheme === undefined) === (options.newScheme === undefined)) {
        throw new CliError('either --scheme or --new-scheme is expected');
      }
      await withLedger(cli, async (ledger) => {
        const done = await publish(ledger, rulebook, from, options);
        if (options.json) return cli.print(JSON.stringify(done));
        for (const remark of readRulebookFile(file).remarks) cli.print(remarkLine(file, remark));
        const said = done.repeated ? 'was published before; nothing was written' : 'published';
        cli.print(
          `scheme ${done.scheme}: version ${done.version} from ${done.effectiveFrom} ${said}`,
        );
      });
    });
}

async function publish(
  ledger: CliLedger,
  rulebook: Rulebook,
  effectiveFrom: CivilDate,
  { scheme: named, by, overClosed }: Options,
): Promise<Published> {
  const person = await adminOf(ledger, by);
  const scheme = named === undefined ? undefined : await schemeOf(ledger, named);
  const books = scheme === undefined ? [] : await rulebooksOf(ledger, scheme);
  const same = books.find((one) => saysSame(one, rulebook, effectiveFrom));
  if (scheme !== undefined && same !== undefined) {
    const { version, eventId: event } = same;
    return { scheme, version, effectiveFrom, event, repeated: true };
  }
  if (scheme !== undefined && overClosed === undefined) {
    await mustLeaveClosed(ledger, { scheme, rulebook, effectiveFrom });
  }
  const key = v4();
  const begun = commandIdOf(ledger.ledgerId, person, 'scheme', key);
  const subject = scheme ?? newIdOf(begun, 'scheme');
  const body = { version: books.length + 1, effectiveFrom, rulebook };
  const { events } = await handle(ledger, {
    definition: publishRulebook,
    subject,
    raw: body,
    body,
    key,
    actor: { id: person, role: 'admin' },
    own: await idsOfHuman(
      async (category, id) => (await ledger.streams.load(category, id)).state,
      person,
    ),
    correlationId: v4(),
    ...(scheme === undefined ? { commandId: begun } : {}),
  });
  const event = events[0]?.id ?? '';
  return { scheme: subject, version: body.version, effectiveFrom, event, repeated: false };
}

/** @throws CliError where it would judge anew what was determined */
async function mustLeaveClosed(
  ledger: CliLedger,
  request: Omit<PreviewRequest, 'on'>,
): Promise<void> {
  const on = civilDateIn(ledger.zone, ledger.now());
  const { members, cycles } = await (await ledger.views()).closedUnder({ ...request, on });
  if (members === 0) return;
  throw new CliError(
    `it would judge anew what was closed: ${cycles.join(', ')}, of ${members} members; rulebook preview shows what it does, --over-closed publishes it all the same`,
  );
}

/** Run again, the verb adds nothing. */
function saysSame(
  published: PublishedRulebook,
  rulebook: Rulebook,
  effectiveFrom: CivilDate,
): boolean {
  return (
    published.effectiveFrom === effectiveFrom &&
    differences(published.rulebook, rulebook).length === 0
  );
}
