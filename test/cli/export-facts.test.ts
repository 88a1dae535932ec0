import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { before, describe, it } from 'mocha';
import { factColumns } from '../../src/export/fact-row.ts';
import { wholeFile } from '../../src/export/whole-file.ts';
import { queried } from '../support/duckdb.ts';
import { tempDir } from '../support/temp.ts';
import { type Prepared, prepared } from './prepared.ts';
import { ran, run } from './run.ts';

type Row = Record<string, unknown> & { data: Record<string, unknown> };

describe('export facts', () => {
  let ledger: Prepared;
  /** The same facts as export events gives them: the oracle. */
  let facts: { id: string; type: string; stream: string; data: Record<string, unknown> }[];
  before(async () => {
    ledger = await prepared();
    const lines = (await ran(ledger.home, ['export', 'events'])).trimEnd().split('\n');
    facts = lines.map((line) => JSON.parse(line));
  });

  async function rowsOf(...args: string[]): Promise<Row[]> {
    const out = await ran(ledger.home, ['export', 'facts', '--format', 'ndjson', ...args]);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  it('gives every fact once, with its clear data and nothing that was sealed', async () => {
    const rows = await rowsOf();
    const clear = facts.map(({ data: { sealed: _, ...data } }) => data);
    expect(rows.map(({ data }) => data)).to.deep.equal(clear);
    expect(rows.map(({ index, id, sealed }) => [index, id, sealed])).to.deep.equal(
      facts.map(({ id, data }, index) => [index, id, data['sealed'] !== undefined]),
    );
    expect(
      rows.some(({ sealed }) => sealed),
      'a fact with sealed text',
    ).to.equal(true);
    expect(JSON.stringify(rows)).to.not.match(/"ct"|canary/i);
  });

  it('goes on from an index, ends where the ledger was known to, and is empty beyond it', async () => {
    const all = await rowsOf();
    const last = all.length - 1;
    expect(await rowsOf('--since', '3')).to.deep.equal(all.slice(3));
    expect(await rowsOf('--since', '3', '--as-of', '5')).to.deep.equal(all.slice(3, 5));
    expect(await rowsOf('--since', '5', '--as-of', '3')).to.deep.equal([]);
    expect(await rowsOf('--since', String(last + 1))).to.deep.equal([]);
    expect(await rowsOf('--as-of', '2001-01-01T00:00:00Z')).to.deep.equal([]);
    const until = String(all[2]?.['recordedAt']);
    const then = await rowsOf('--as-of', until);
    expect(then).to.deep.equal(all.filter(({ recordedAt }) => String(recordedAt) <= until));
  });

  it('as Parquet is read by DuckDB with the types that are documented', async () => {
    const out = join(tempDir(), "it's facts.parquet");
    const told = await ran(ledger.home, ['export', 'facts', '--format', 'parquet', '--out', out]);
    expect(told).to.equal(
      `${facts.length} facts in ${out}; the next export begins with --since ${facts.length}\n`,
    );
    const from = `'${out.replace("'", "''")}'`;
    const types = await queried(`DESCRIBE SELECT * FROM ${from}`);
    const named = { int64: 'BIGINT', int32: 'INTEGER', text: 'VARCHAR', json: 'VARCHAR' };
    const others = { instant: 'TIMESTAMP', day: 'DATE', boolean: 'BOOLEAN' };
    expect(types.map((row) => [row['column_name'], row['column_type']])).to.deep.equal(
      factColumns.map(({ name, type }) => [name, { ...named, ...others }[type]]),
    );
    const columns = factColumns.map(({ name, type }) =>
      type === 'instant'
        ? `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') AS "${name}"`
        : `"${name}"`,
    );
    const found = await queried(`SELECT ${columns} FROM ${from} ORDER BY "index"`);
    const rows = (await rowsOf()).map((row) => {
      const whole = Object.fromEntries(factColumns.map(({ name }) => [name, row[name] ?? null]));
      return { ...whole, index: String(row['index']), revision: String(row['revision']) };
    });
    expect(
      found.map(({ data, ...row }) => ({ ...row, data: JSON.parse(String(data)) })),
    ).to.deep.equal(rows);
  });

  it('as Parquet is a sound file where there is nothing to tell', async () => {
    const out = join(tempDir(), 'none.parquet');
    const args = ['export', 'facts', '--format', 'parquet', '--since', '9999', '--out', out];
    expect(await ran(ledger.home, args)).to.match(/^0 facts .* begins with --since 9999\n$/);
    expect(await queried(`SELECT count(*) AS n FROM '${out}'`)).to.deep.equal([{ n: '0' }]);
  });

  it('as CSV has the same columns, with data as JSON text', async () => {
    const csv = await ran(ledger.home, ['export', 'facts', '--format', 'csv']);
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    const expected = (await rowsOf()).map((row) =>
      Object.fromEntries(
        factColumns.map(({ name }) => [
          name,
          name === 'data' ? JSON.stringify(row.data) : String(row[name] ?? ''),
        ]),
      ),
    );
    expect(rows).to.deep.equal(expected);
  });

  it('replaces a file as a whole, and leaves the old one where writing fails', async () => {
    const folder = tempDir();
    const out = join(folder, 'facts.csv');
    writeFileSync(out, 'old');
    await ran(ledger.home, ['export', 'facts', '--format', 'csv', '--out', out]);
    const written = readFileSync(out, 'utf8');
    expect(written).to.match(/^index,id,/);
    const failing = wholeFile(out, async (sink) => {
      await sink.write('half');
      throw new Error('the store has gone');
    });
    expect(await failing.catch(({ message }: Error) => message)).to.equal('the store has gone');
    expect(readFileSync(out, 'utf8')).to.equal(written);
    expect(readdirSync(folder)).to.deep.equal(['facts.csv']);
  });

  it('says in one line what it cannot take, and makes no file then', async () => {
    const folder = tempDir();
    mkdirSync(join(folder, 'taken'));
    const out = join(folder, 'facts.csv');
    const asked: [string[], RegExp][] = [
      [
        ['--format', 'xlsx', '--out', out],
        /--format is "xlsx": one of parquet, csv, ndjson is expected/,
      ],
      [['--format', 'parquet'], /--out is expected: Parquet goes to a file/],
      [['--format', 'csv', '--since', '-1', '--out', out], /--since is "-1": an index is expected/],
      [['--format', 'csv', '--as-of', 'monday', '--out', out], /--as-of is "monday"/],
      [
        ['--format', 'csv', '--out', join(folder, 'taken')],
        /taken is a folder: the path of a file/,
      ],
      [
        ['--format', 'csv', '--out', join(folder, 'no', 'x')],
        /no file can be made at .*x \(ENOENT\)/,
      ],
    ];
    for (const [args, says] of asked) {
      const { code, out: printed, err } = await run(ledger.home, ['export', 'facts', ...args]);
      expect([code, printed], args.join(' ')).to.deep.equal([1, '']);
      expect(err).to.match(says);
    }
    expect(readdirSync(folder)).to.deep.equal(['taken']);
  });
});
