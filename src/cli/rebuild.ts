import type { Command } from 'commander';
import { type Cli, progressBar, withLedger } from './context.ts';

/** `rebuild`: the read models anew from the facts, beside those in use. */
export function rebuildVerb(program: Command, cli: Cli): void {
  program
    .command('rebuild')
    .description(
      'make the read models anew from the facts; those in use serve until the new ones have caught up',
    )
    .option('--json', 'the result as JSON')
    .addHelpText(
      'after',
      '\nA server that runs keeps them: end it first.\n\nExample:\n  skills-ledger rebuild',
    )
    .action(async ({ json }: { json?: true }) => {
      await withLedger(cli, async (ledger) => {
        const views = await ledger.views();
        const bar = progressBar(cli.terminal, 'facts');
        const { count } = await views.rebuild(({ rebuilding, head }) =>
          bar.at(rebuilding?.count ?? 0, head),
        );
        bar.end();
        cli.print(json ? JSON.stringify({ facts: count }) : `made from ${count} facts`);
      });
    });
}
