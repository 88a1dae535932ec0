import type { Command } from 'commander';
import { canonicalEnvelope } from '../proofs/leaf.ts';
import type { Position } from '../store/event-store.ts';
import { type Cli, withLedger } from './context.ts';

/** `export events`: every fact in ledger order as canonical JSON lines, text still sealed. */
export function exportVerb(program: Command, cli: Cli): void {
  program
    .command('export')
    .description('write the facts of the ledger as JSON lines (canonical envelopes, text sealed)')
    .option('--since <index>', 'begin at this index', '0')
    .addHelpText('after', '\nExample:\n  skills-ledger export --since 1000 > facts.ndjson')
    .action(async ({ since }: { since: string }) => {
      await withLedger(cli, async ({ store }) => {
        let after: Position | undefined;
        for (;;) {
          const batch = await store.readAll(after, 1_000);
          const last = batch.at(-1);
          if (last === undefined) return;
          for (const fact of batch) if (fact.index >= Number(since)) cli.print(canonicalEnvelope(fact));
          after = last.position;
        }
      });
    });
}
