import type { Command } from 'commander';
import { memberHistory } from '../projections/history.ts';
import { pointsText } from '../scheme/points-text.ts';
import { asOfOf } from './as-of.ts';
import { type Cli, CliError, memberOf, withLedger } from './context.ts';

/** `history MEMBER`: every fact of a member, with the points awarded after it. */
export function historyVerb(program: Command, cli: Cli): void {
  program
    .command('history <member>')
    .description('every fact of a member in order, and the points awarded after each')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--json', 'the whole as JSON')
    .addHelpText('after', '\nExample:\n  skills-ledger history M-0001 --as-of 2026-01-31T12:00:00Z')
    .action(async (member: string, options: { asOf?: string; json?: true }) => {
      await withLedger(cli, async (ledger) => {
        const person = await memberOf(ledger, member);
        const history = await memberHistory(ledger.store, person, { asOf: asOfOf(options.asOf) });
        if (history.facts.length === 0) throw new CliError(`${member} had no fact then`);
        if (options.json) return cli.print(JSON.stringify(history));
        for (const { index, recordedAt, type, actor, retracted, awarded } of history.facts) {
          const sum = awarded.reduce((total, { points }) => total + points, 0);
          const never = retracted ? ' (retracted later)' : '';
          const at = recordedAt.slice(0, 16).replace('T', ' ');
          const what = `${type}${never}`.padEnd(22);
          cli.print(
            `${String(index).padStart(8)}  ${at}  ${what} ${actor.role.padEnd(9)} ${pointsText(sum).padStart(9)}`,
          );
        }
        cli.print(
          `as of index ${history.asOf}; the last column is all points awarded after the fact`,
        );
      });
    });
}
