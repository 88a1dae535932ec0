import { limits } from '../limits.ts';
import type { EventStore } from '../store/event-store.ts';
import { type FactRow, factRow } from './fact-row.ts';
import { csvOfFacts } from './facts-csv.ts';
import { parquetOfFacts } from './facts-parquet.ts';
import type { Sink } from './whole-file.ts';

export const factFormats = ['parquet', 'csv', 'ndjson'] as const;
export type FactFormat = (typeof factFormats)[number];

/** Facts with `since <= index < until`. */
export interface Span {
  since: number;
  until: number;
}

/**
 * Writes facts of a ledger for other tools, batch by batch: memory does not grow with the ledger. No sealed text is
 * opened, and none is written.
 *
 * @returns how many facts were written
 */
export async function exportFacts(
  store: EventStore,
  format: FactFormat,
  span: Span,
  sink: Sink,
): Promise<number> {
  const batches = rowsOf(store, span);
  switch (format) {
    case 'parquet':
      return parquetOfFacts(batches, span, sink);
    case 'csv':
      return csvOfFacts(batches, sink);
    case 'ndjson':
      return linesOfFacts(batches, sink);
  }
}

/** Rows of facts in ledger order, in batches. */
export async function* rowsOf(
  store: EventStore,
  { since, until }: Span,
): AsyncGenerator<FactRow[]> {
  if (since >= until) return;
  let after = since === 0 ? undefined : (await store.readIndex(since - 1))?.position;
  for (let next = since; next < until; ) {
    const facts = await store.readAll(after, Math.min(limits.batch, until - next));
    const last = facts.at(-1);
    if (last === undefined) return;
    yield facts.map(factRow);
    after = last.position;
    next = last.index + 1;
  }
}

async function linesOfFacts(batches: AsyncIterable<FactRow[]>, sink: Sink): Promise<number> {
  let count = 0;
  for await (const rows of batches) {
    await sink.write(rows.map(line).join(''));
    count += rows.length;
  }
  return count;
}

/** `data` is JSON already, and stands in the line as it is. */
function line({ data, ...row }: FactRow): string {
  return `${JSON.stringify(row).slice(0, -1)},"data":${data}}\n`;
}
