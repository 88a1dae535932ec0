import { gzipSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { type Column, type ColumnType, type FactRow, factColumns } from './fact-row.ts';
import type { Sink } from './whole-file.ts';

/** A group of rows is held in memory until it is written: it ends at so many rows, or so much text. */
const GROUP_ROWS = 10_000;
const GROUP_TEXT = 8 * 1024 * 1024;

/** Facts as Parquet: row groups of bounded size, one after another. @returns how many */
export async function parquetOfFacts(
  batches: AsyncIterable<FactRow[]>,
  span: { since: number; until: number },
  sink: Sink,
): Promise<number> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema,
    codec: 'GZIP',
    compressors: { GZIP: pressed },
    createdBy: 'skills-ledger',
    // Facts of single people: no profile of disclosure can make them fit to be given out.
    kvMetadata: [
      { key: 'skills-ledger', value: JSON.stringify({ ...span, forPublication: false }) },
    ],
  });
  const drain = async () => {
    await sink.write(writer.getBytes());
    writer.index = 0;
  };
  const piles = factColumns.map(pileOf);
  let count = 0;
  let waiting = 0;
  let text = 0;
  const flush = async () => {
    await parquet.write({
      columnData: piles.map((pile) => pile.take()),
      rowGroupSize: waiting,
      // A column of a group is one page: the writer need not ask each value for its size.
      pageSize: 0,
    });
    await drain();
    count += waiting;
    waiting = 0;
    text = 0;
  };
  for await (const rows of batches) {
    for (const pile of piles) pile.add(rows);
    waiting += rows.length;
    for (const row of rows) text += row.data.length;
    if (waiting >= GROUP_ROWS || text >= GROUP_TEXT) await flush();
  }
  if (waiting > 0) await flush();
  await parquet.finish();
  await drain();
  return count;
}

/** By zlib, which is there: the package's own Snappy is a loop in JavaScript, and takes four times as long. */
function pressed(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1, memLevel: 9, chunkSize: PRESSED_CHUNK });
}

const PRESSED_CHUNK = 256 * 1024;

/** The values of a column that wait for the end of their group. */
interface Pile {
  add(rows: readonly FactRow[]): void;
  /** All of them: then there are none. */
  take(): ColumnSource;
}

function pileOf(column: Column): Pile {
  const { name, type, repeats } = column;
  // Only what is in order, or nearly, is worth knowing the ends of.
  const statistics = name === 'index' || type === 'instant';
  if ((type === 'text' || type === 'json') && !repeats) return textsOf(column);
  let data: unknown[] = [];
  return {
    add(rows) {
      for (const row of rows) data.push(stored(type, row[name]));
    },
    take() {
      const taken = data;
      data = [];
      return { name, statistics, data: taken, ...(repeats ? {} : { encoding: 'PLAIN' as const }) };
    },
  };
}

/** Texts of a batch as one piece of memory: thousands of small ones would keep the collector busy. */
function textsOf({ name, type }: Column): Pile {
  let pieces: { bytes: Buffer; lengths: (number | undefined)[] }[] = [];
  return {
    add(rows) {
      const texts = rows.map((row) => row[name] as string | undefined);
      const lengths = texts.map((text) => (text === undefined ? text : Buffer.byteLength(text)));
      pieces.push({ bytes: Buffer.from(texts.join('')), lengths });
    },
    take() {
      const data = pieces.flatMap(({ bytes: { buffer, byteOffset }, lengths }) => {
        let at = byteOffset;
        return lengths.map((length) => {
          if (length === undefined) return null;
          at += length;
          return new Uint8Array(buffer, at - length, length);
        });
      });
      pieces = [];
      // Ids are chance: to try to press them costs a tenth of the whole, and gains little.
      const codec = type === 'text' ? ('UNCOMPRESSED' as const) : undefined;
      return { name, statistics: false, encoding: 'PLAIN', data, ...(codec && { codec }) };
    },
  };
}

function stored(type: ColumnType, value: FactRow[keyof FactRow]): unknown {
  if (value === undefined) return null;
  switch (type) {
    case 'int64':
      return BigInt(value);
    case 'instant':
      return Date.parse(String(value));
    case 'day':
      return Date.parse(String(value)) / 86_400_000;
    case 'int32':
    case 'text':
    case 'boolean':
    case 'json':
      return value;
  }
}

const types = {
  int64: { type: 'INT64' },
  int32: { type: 'INT32' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  // As text: what the package knows as JSON it would make anew from objects.
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  day: { type: 'INT32', converted_type: 'DATE' },
  boolean: { type: 'BOOLEAN' },
} as const;

const schema = [
  { name: 'fact', num_children: factColumns.length },
  ...factColumns.map(({ name, type, optional }) => ({
    name,
    ...types[type],
    repetition_type: optional ? ('OPTIONAL' as const) : ('REQUIRED' as const),
  })),
];
