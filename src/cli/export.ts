import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { canonicalEnvelope } from '../proofs/leaf.ts';
import { pointsText } from '../scheme/points-text.ts';
import type { Position } from '../store/event-store.ts';
import { type Cli, type CliLedger, withLedger } from './context.ts';
import { exportFactsVerb, indexOf } from './export-facts.ts';

const BATCH = 1_000;
const PAGE = 500;

/** `export events`, `export facts` and `export balances`: the ledger for other tools. */
export function exportVerb(program: Command, cli: Cli): void {
  const verb = program.command('export').description('write the ledger for other tools');
  verb
    .command('events')
    .description('every fact in order, a line of canonical JSON each; text stays sealed')
    .option('--since <index>', 'the first index wanted', '0')
    .addHelpText('after', '\nExample:\n  skills-ledger export events --since 1000 > facts.ndjson')
    .action(async ({ since }: { since: string }) => {
      const first = indexOf(since);
      await withLedger(cli, (ledger) => exportEvents(ledger, first, cli));
    });
  exportFactsVerb(verb, cli);
  verb
    .command('balances')
    .description(
      'points awarded, by member, scheme, cycle and category, as CSV (nothing has been weighed)',
    )
    .addHelpText('after', '\nExample:\n  skills-ledger export balances > balances.csv')
    .action(async () => {
      await withLedger(cli, (ledger) => exportBalances(ledger, cli));
    });
}

async function exportEvents({ store }: CliLedger, since: number, cli: Cli): Promise<void> {
  const before = since === 0 ? undefined : await store.readIndex(since - 1);
  if (since > 0 && before === undefined) return;
  let after: Position | undefined = before?.position;
  for (;;) {
    const batch = await store.readAll(after, BATCH);
    const last = batch.at(-1);
    if (last === undefined) return;
    for (const fact of batch) cli.print(canonicalEnvelope(fact));
    after = last.position;
  }
}

async function exportBalances(ledger: CliLedger, cli: Cli): Promise<void> {
  const views = await ledger.views();
  cli.print('member,scheme,cycle,category,awarded');
  let cursor: string | undefined;
  do {
    const page = await views.balances({}, { limit: PAGE, cursor });
    const rows = page.items.map(({ member, scheme, cycle, category, awarded }) => [
      member,
      scheme,
      cycle,
      category,
      pointsText(awarded),
    ]);
    if (rows.length > 0) cli.print(stringify(rows).trimEnd());
    cursor = page.next;
  } while (cursor !== undefined);
}
