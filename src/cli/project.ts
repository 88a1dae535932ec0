import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type TableFormat, tableCsv, tableFile, tableFormats } from '../export/own-table.ts';
import {
  loadProjection,
  ProjectionFailed,
  type RunningProjection,
} from '../export/run-projection.ts';
import { limits } from '../limits.ts';
import { endOf } from '../projections/member-facts.ts';
import type { EventStore } from '../store/event-store.ts';
import { asOfOf } from './as-of.ts';
import { type Cli, CliError, printing } from './context.ts';

interface Options {
  asOf?: string;
  out?: string;
  watch?: true;
}

/** `project FILE`: a table by a projection of the user's own. */
export function projectVerb(program: Command, cli: Cli, launch: () => ChildProcess): void {
  program
    .command('project <file>')
    .description('run a projection of your own (TypeScript or JavaScript) over the facts')
    .option('--as-of <index or time>', 'as it was known then')
    .option(
      '--out <file>',
      `to a file, ${tableFormats.map((one) => `.${one}`).join(', ')}; else CSV to stdout`,
    )
    .option('--watch', 'go on: write the file anew whenever facts have come')
    .addHelpText(
      'after',
      '\nIt is given clear data alone, and is not run in a sandbox: run only what you would run anyway.\n\nExample:\n  skills-ledger project by-month.ts --out by-month.csv',
    )
    .action(async (file: string, { asOf, out, watch }: Options) => {
      const path = resolve(file);
      if (!existsSync(path)) throw new CliError(`there is no file ${file}`);
      const end = asOfOf(asOf);
      const format = out === undefined ? undefined : formatOf(out);
      if (watch && (out === undefined || end !== undefined)) {
        throw new CliError('--watch is expected with --out, and without --as-of');
      }
      const store = await cli.openStore();
      const child = launch();
      try {
        const projection = await loadProjection(child, path);
        const until = await endOf(store, end);
        const count = await projection.begin(store, until);
        if (out === undefined || format === undefined) {
          await tableCsv(projection.table(), printing(cli.print));
          return;
        }
        const write = async (facts: number, index: number) => {
          const rows = await tableFile(projection.table(), format, out);
          cli.print(`${rows} rows in ${out}, from ${facts} facts, as of index ${index}`);
        };
        await write(count, until);
        if (watch) await watching(store, projection, { count, until }, write);
      } catch (error) {
        if (error instanceof ProjectionFailed) throw new CliError(`${file}: ${error.message}`);
        throw error;
      } finally {
        child.kill();
        await store.close();
      }
    });
}

/** Until it is interrupted. */
async function watching(
  store: EventStore,
  projection: RunningProjection,
  { count, until }: { count: number; until: number },
  write: (facts: number, index: number) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const last = until === 0 ? undefined : await store.readIndex(until - 1);
  let given = count;
  try {
    for await (const facts of store.follow(last?.position, limits.batch, ending.signal)) {
      const index = (facts.at(-1)?.index ?? 0) + 1;
      const more = await projection.follow(facts);
      given = more === undefined ? await projection.begin(store, index) : given + more;
      // While it catches up nobody needs each step.
      if ((await store.head()).count <= index) await write(given, index);
    }
  } catch (error) {
    // A terminal interrupts the projection's process, too.
    if (!ending.signal.aborted) throw error;
  }
}

function formatOf(out: string): TableFormat {
  const found = tableFormats.find((format) => extname(out) === `.${format}`);
  if (found !== undefined) return found;
  throw new CliError(
    `--out is "${out}": a file ending in .${tableFormats.join(', .')} is expected`,
  );
}
