import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { batchesOf, type Span } from './batches.ts';
import { type FactRow, factRow } from './fact-row.ts';
import { csvOfFacts } from './facts-csv.ts';
import { parquetOfFacts } from './facts-parquet.ts';
import type { Sink } from './whole-file.ts';

export const factFormats = ['parquet', 'csv', 'ndjson'] as const;
export type FactFormat = (typeof factFormats)[number];

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
  const batches = rowsOf(batchesOf(store, span));
  switch (format) {
    case 'parquet':
      return parquetOfFacts(batches, span, sink);
    case 'csv':
      return csvOfFacts(batches, sink);
    case 'ndjson':
      return linesOfFacts(batches, sink);
  }
}

async function* rowsOf(batches: AsyncIterable<StoredEvent[]>): AsyncGenerator<FactRow[]> {
  for await (const facts of batches) yield facts.map(factRow);
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
