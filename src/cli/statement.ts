import type { Command } from 'commander';
import { mustHaveCycle } from '../projections/cycle-asked.ts';
import { memberStatement } from '../projections/statement.ts';
import { type CivilDate, civilDateIn, isCivilDate } from '../scheme/civil-date.ts';
import { asOfOf } from './as-of.ts';
import { type Cli, CliError, type CliLedger, memberOf, withLedger } from './context.ts';
import { schemeOf } from './scheme.ts';
import { statementLines } from './statement-lines.ts';

interface Options {
  scheme?: string;
  cycle?: string;
  on?: string;
  asOf?: string;
  json?: true;
}

/** `statement MEMBER`: awarded points in a scheme and cycle, line by line. */
export function statementVerb(program: Command, cli: Cli): void {
  program
    .command('statement <member>')
    .description('points of a member in a scheme and cycle, line by line')
    .option('--scheme <id or title>', 'where the member takes part in more than one')
    .option(
      '--cycle <year>',
      'by the year in which it begins or its first day; the one of --on, unless said',
    )
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--as-of <index or time>', 'as it was known then')
    .option('--json', 'the whole as JSON')
    .addHelpText('after', '\nExample:\n  skills-ledger statement M-0001 --cycle 2026')
    .action(async (member: string, options: Options) => {
      await withLedger(cli, async (ledger) => {
        const answer = await statementOf(ledger, member, options);
        if (options.json) return cli.print(JSON.stringify(answer));
        for (const line of statementLines(answer.statement)) cli.print(line);
        cli.print(`as of index ${answer.asOf}`);
      });
    });
}

async function statementOf(ledger: CliLedger, member: string, options: Options) {
  const person = await memberOf(ledger, member);
  const on = dayOf(options.on) ?? civilDateIn(ledger.zone, ledger.now());
  const { state } = await ledger.streams.load('member', person);
  const scheme = await schemeOf(ledger, options.scheme, [...state.membership.schemes.keys()]);
  const { cycle } = options;
  const query = { scheme, cycle, on, asOf: asOfOf(options.asOf) };
  const answer = await memberStatement(ledger.store, person, query);
  if (answer === undefined) {
    await mustHaveCycle(ledger.store, person, query);
    throw new CliError(`${member} had no statement in this scheme then`);
  }
  return answer;
}

function dayOf(text: string | undefined): CivilDate | undefined {
  if (text === undefined || isCivilDate(text)) return text;
  throw new CliError(`--on is "${text}": a day is expected, as 2026-01-31`);
}
