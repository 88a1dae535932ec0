import type { Command } from 'commander';
import { v4 } from 'uuid';
import { type Closed, closeCycles } from '../commands/close-cycle.ts';
import type { Actor } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import {
  type ClosingState,
  type CycleOutcome,
  dueStates,
  type OutcomeQuery,
} from '../projections/standing-closing.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { adminOf } from './admin.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';
import { schemeOf } from './scheme.ts';

interface Options {
  scheme?: string;
  cycle: string;
  by?: string;
  dryRun?: true;
  json?: true;
}

/** `close`: determines a cycle for every member who is due; with `--dry-run` only says what it would. */
export function closeVerb(program: Command, cli: Cli): void {
  program
    .command('close')
    .description('record what a cycle came to for each member, with the digest of their statement')
    .requiredOption('--cycle <year>', 'by the year in which it begins or its first day')
    .option('--scheme <id or title>', 'where there is more than one')
    .option('--by <person>', 'who closes it: an admin, by sign-in, membership number or person id')
    .option('--dry-run', 'write nothing: show outcomes, and what corrections have changed')
    .option('--json', 'the sums as JSON; with --dry-run a line for each member')
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger close --cycle 2025 --dry-run\n  skills-ledger close --cycle 2025 --by jane',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        const scheme = await schemeOf(ledger, options.scheme);
        const on = civilDateIn(ledger.zone, ledger.now());
        const query = { scheme, cycle: options.cycle, on };
        if (options.dryRun) return lookThrough(cli, ledger, query, options);
        if (options.by === undefined)
          throw new CliError('--by is expected: the admin who closes it');
        await closed(cli, ledger, query, { ...options, by: options.by });
      });
    });
}

async function lookThrough(
  cli: Cli,
  ledger: CliLedger,
  query: OutcomeQuery,
  { json }: Options,
): Promise<void> {
  const sums = new Map<string, number>();
  for await (const item of outcomesOf(cli, ledger, query)) {
    if (json) cli.print(JSON.stringify(item));
    else if (isListed(item.state)) cli.print(`${item.member}  ${item.state}: ${wasAndIs(item)}`);
    const key = `${item.outcome}, ${saysOf[item.state]}`;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  }
  if (json) return;
  for (const [what, count] of [...sums].sort()) cli.print(`${String(count).padStart(8)}  ${what}`);
  cli.print(`cycle ${query.cycle} on ${query.on}: nothing was written`);
}

const saysOf: Record<ClosingState, string> = {
  running: 'not over',
  open: 'to be determined',
  stands: 'determined, and stands',
  provisional: 'determined while it could change, to be determined anew',
  reopened: 'changed since, to be determined anew',
  noted: 'changed since, noted',
};

function isListed(state: ClosingState): boolean {
  return state === 'reopened' || state === 'noted' || state === 'provisional';
}

function wasAndIs({ determined, outcome, version }: CycleOutcome): string {
  const anew = determined?.version !== undefined && determined.version !== version;
  const [then, now] = anew
    ? [` by version ${determined.version}`, ` by version ${version}`]
    : ['', ''];
  return `was ${determined?.outcome} on ${determined?.on}${then}, is ${outcome}${now}`;
}

async function closed(
  cli: Cli,
  ledger: CliLedger,
  query: OutcomeQuery,
  { by, json }: Options & { by: string },
): Promise<void> {
  const admin = await adminOf(ledger, by);
  const actor: Actor = { id: admin, role: 'admin' };
  const who = { actor, own: new Set([admin]), correlationId: v4() };
  const all: Closed = { determined: 0, already: 0, refused: [] };
  const views = await ledger.views();
  const bar = progressBar(cli.terminal, 'members');
  const { scheme } = query;
  for (let cursor: string | undefined; ; ) {
    const page = await views.outcomes(
      { ...query, states: dueStates },
      { limit: limits.pageMost, cursor },
    );
    const due = page.items.map(({ member, rulebook, cycle, on, until, outcome, digest }) => ({
      member,
      rulebook,
      determination: { scheme, index: page.asOf, cycle, on, until, outcome, digest },
    }));
    add(all, await closeCycles(ledger, who, due));
    bar.at(all.determined, all.determined + (page.next === undefined ? 0 : limits.pageMost));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  bar.end();
  if (json) return cli.print(JSON.stringify(all));
  const refused = all.refused.map(({ code, count }) => `, ${count} refused: ${code}`).join('');
  cli.print(`cycle ${query.cycle}: determined for ${all.determined} members${refused}`);
}

function add(all: Closed, { determined, already, refused }: Closed): void {
  all.determined += determined;
  all.already += already;
  for (const { code, count } of refused) {
    const known = all.refused.find((one) => one.code === code);
    if (known === undefined) all.refused.push({ code, count });
    else known.count += count;
  }
}

async function* outcomesOf(
  cli: Cli,
  ledger: CliLedger,
  query: OutcomeQuery,
): AsyncGenerator<CycleOutcome> {
  const views = await ledger.views();
  const bar = progressBar(cli.terminal, 'members');
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await views.outcomes(query, { limit: limits.pageMost, cursor });
    yield* page.items;
    count += page.items.length;
    bar.at(count, count + (page.next === undefined ? 0 : limits.pageMost));
    cursor = page.next;
    if (cursor === undefined) return bar.end();
  }
}
