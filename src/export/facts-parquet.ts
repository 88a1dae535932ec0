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
  let count = 0;
  let group: FactRow[] = [];
  let text = 0;
  const flush = async () => {
    await parquet.write({
      columnData: factColumns.map((column) => columnOf(column, group)),
      rowGroupSize: GROUP_ROWS,
    });
    await drain();
    count += group.length;
    group = [];
    text = 0;
  };
  for await (const rows of batches) {
    for (const row of rows) {
      group.push(row);
      text += row.data.length;
      if (group.length >= GROUP_ROWS || text >= GROUP_TEXT) await flush();
    }
  }
  if (group.length > 0) await flush();
  await parquet.finish();
  await drain();
  return count;
}

function columnOf({ name, type, repeats }: Column, rows: readonly FactRow[]): ColumnSource {
  // Only what is in order, or nearly, is worth knowing the ends of.
  const statistics = name === 'index' || type === 'instant';
  if (repeats) return { name, statistics, data: rows.map((row) => stored(type, row[name])) };
  const random = name !== 'stream' && type === 'text';
  return {
    name,
    statistics,
    encoding: 'PLAIN',
    data:
      type === 'text' || type === 'json'
        ? bytesOf(name, rows)
        : rows.map((row) => stored(type, row[name])),
    // Ids are chance: to try to press them costs a tenth of the whole, and gains nothing.
    ...(random ? { codec: 'UNCOMPRESSED' as const } : {}),
  };
}

/** Texts of a column in one piece of memory: thousands of small ones would keep the collector busy. */
function bytesOf(name: keyof FactRow, rows: readonly FactRow[]): (Uint8Array | null)[] {
  const most = rows.reduce((sum, row) => sum + String(row[name] ?? '').length, 0) * 3;
  const all = Buffer.allocUnsafe(most);
  let at = 0;
  return rows.map((row) => {
    const text = row[name];
    if (text === undefined) return null;
    const begins = at;
    at += all.write(String(text), at);
    return all.subarray(begins, at);
  });
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
