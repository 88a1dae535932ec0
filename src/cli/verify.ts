import type { Command } from 'commander';
import { verifyLedger } from '../projections/verify.ts';
import { type Cli, CliError, progressBar, withLedger } from './context.ts';

/** `verify`: walks the whole ledger and checks its invariants; exit code 1 on the first that does not hold. */
export function verifyVerb(program: Command, cli: Cli): void {
  program
    .command('verify')
    .description('walk the whole ledger and check that it holds together')
    .option('--json', 'the findings as JSON')
    .addHelpText('after', '\nExample:\n  skills-ledger verify')
    .action(async ({ json }: { json?: true }) => {
      await withLedger(cli, async ({ store }) => {
        const bar = progressBar(cli.terminal, 'facts');
        const result = await verifyLedger(store, {
          onProgress: (count, head) => bar.at(count, head),
        });
        bar.end();
        const { facts, findings, found } = result;
        if (json) cli.print(JSON.stringify(result));
        const first = findings[0];
        if (first !== undefined) {
          throw new CliError(`${found} findings in ${facts} facts; the first: ${first.says}`);
        }
        if (!json) cli.print(`${facts} facts, and every one holds`);
      });
    });
}
