import type { Command } from 'commander';
import { v4 } from 'uuid';
import { disposeOfDue } from '../commands/dispose-due.ts';
import type { Actor } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import type { EvidenceDue } from '../projections/evidence-due.ts';
import { type CivilDate, civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { adminOf } from './admin.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';

interface Options {
  by?: string;
  on?: string;
  dryRun?: true;
  json?: true;
}

/** `dispose`: destroys evidence that need not be kept any more; with `--dry-run` only lists it, for any day. */
export function disposeVerb(program: Command, cli: Cli): void {
  program
    .command('dispose')
    .description('dispose of evidence that by the rulebooks need not be kept any more')
    .option('--by <person>', 'who disposes: an admin, by sign-in, membership number or person id')
    .option('--dry-run', 'write nothing: list what is due')
    .option('--on <day>', 'with --dry-run: due on this day; today, unless said')
    .option('--json', 'the sums as JSON; with --dry-run a line for each evidence')
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger dispose --dry-run --on 2027-01-01\n  skills-ledger dispose --by jane',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        const today = civilDateIn(ledger.zone, ledger.now());
        if (options.dryRun) return list(cli, ledger, dayOf(options.on ?? today), options);
        if (options.on !== undefined) throw new CliError('--on goes with --dry-run');
        if (options.by === undefined)
          throw new CliError('--by is expected: the admin who disposes');
        await dispose(cli, ledger, today, { ...options, by: options.by });
      });
    });
}

function dayOf(text: string): CivilDate {
  if (isCivilDate(text)) return text;
  throw new CliError(`--on is "${text}": a day is expected, as 2027-01-01`);
}

async function list(cli: Cli, ledger: CliLedger, on: CivilDate, { json }: Options): Promise<void> {
  const members = new Set<string>();
  let count = 0;
  await eachPage(cli, ledger, on, async (items) => {
    for (const item of items) {
      cli.print(json ? JSON.stringify(item) : line(item));
      members.add(item.member);
      count += 1;
    }
  });
  if (!json) cli.print(`${count} due on ${on}, of ${members.size} members: nothing was written`);
}

function line({ member, evidence, file, keeping }: EvidenceDue): string {
  const { until, kind, keepMonths, cycle, rulebook } = keeping;
  const rule = `${kind}, ${keepMonths} months after ${cycle}, version ${rulebook.version}`;
  return `${member}  ${file ? 'file' : 'link'} ${evidence}  since ${until}: ${rule}`;
}

async function dispose(
  cli: Cli,
  ledger: CliLedger,
  on: CivilDate,
  { by, json }: Options & { by: string },
): Promise<void> {
  const admin = await adminOf(ledger, by);
  const actor: Actor = { id: admin, role: 'admin' };
  const who = { actor, own: new Set([admin]), correlationId: v4() };
  const refused = new Map<string, number>();
  let disposed = 0;
  await eachPage(cli, ledger, on, async (items) => {
    const due = items.map(({ keeping, ...item }) => ({
      ...item,
      rulebook: keeping.rulebook.eventId,
    }));
    const done = await disposeOfDue(ledger, who, due, (blob) => ledger.evidence.delete(blob));
    disposed += done.disposed;
    for (const { code, count } of done.refused) {
      refused.set(code, (refused.get(code) ?? 0) + count);
    }
  });
  const told = [...refused].map(([code, count]) => ({ code, count }));
  if (json) return cli.print(JSON.stringify({ disposed, refused: told }));
  const left = told.map(({ code, count }) => `, ${count} refused: ${code}`).join('');
  cli.print(`${disposed} disposed of${left}`);
}

async function eachPage(
  cli: Cli,
  ledger: CliLedger,
  on: CivilDate,
  see: (items: readonly EvidenceDue[]) => Promise<void>,
): Promise<void> {
  const views = await ledger.views();
  const bar = progressBar(cli.terminal, 'evidence');
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await views.evidenceDue({ on }, { limit: limits.pageMost, cursor });
    await see(page.items);
    count += page.items.length;
    bar.at(count, count + (page.next === undefined ? 0 : limits.pageMost));
    cursor = page.next;
    if (cursor === undefined) return bar.end();
  }
}
