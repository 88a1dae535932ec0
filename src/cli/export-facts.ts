import type { Command } from 'commander';
import type { Span } from '../export/batches.ts';
import { exportFacts, type FactFormat, factFormats } from '../export/facts.ts';
import { wholeFile } from '../export/whole-file.ts';
import { endOf } from '../projections/member-facts.ts';
import type { EventStore } from '../store/event-store.ts';
import { asOfOf } from './as-of.ts';
import { type Cli, CliError, printing } from './context.ts';

interface Options {
  format: string;
  out?: string;
  since: string;
  asOf?: string;
}

/** `export facts`: a row for each fact, typed, for tools that analyse. */
export function exportFactsVerb(verb: Command, cli: Cli): void {
  verb
    .command('facts')
    .description('a row for each fact, with typed columns; sealed text is left out')
    .requiredOption('--format <format>', factFormats.join(', '))
    .option('--out <file>', 'written as a whole or not at all; without it to stdout, but Parquet')
    .option('--since <index>', 'the first index wanted', '0')
    .option('--as-of <index or time>', 'the ledger as it was known then')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger export facts --format parquet --since 1000 --out facts.parquet',
    )
    .action(async ({ since, out, asOf, ...options }: Options) => {
      const format = formatOf(options.format);
      const first = indexOf(since);
      const end = asOfOf(asOf);
      if (format === 'parquet' && out === undefined) {
        throw new CliError('--out is expected: Parquet goes to a file');
      }
      const store = await cli.openStore();
      try {
        const span: Span = { since: first, until: await endOf(store, end) };
        if (out === undefined) await exportFacts(store, format, span, printing(cli.print));
        else cli.print(await toFile(store, format, span, out));
      } finally {
        await store.close();
      }
    });
}

async function toFile(
  store: EventStore,
  format: FactFormat,
  span: Span,
  out: string,
): Promise<string> {
  const count = await wholeFile(out, (sink) => exportFacts(store, format, span, sink));
  const next = `the next export begins with --since ${Math.max(span.since, span.until)}`;
  return `${count} facts in ${out}; ${next}`;
}

function formatOf(text: string): FactFormat {
  const found = factFormats.find((format) => format === text);
  if (found !== undefined) return found;
  throw new CliError(`--format is "${text}": one of ${factFormats.join(', ')} is expected`);
}

/** `--since` as typed. @throws CliError where it is no index */
export function indexOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CliError(`--since is "${text}": an index is expected`);
}
