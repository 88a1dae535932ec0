import { factColumns } from '../../src/export/fact-row.ts';

/** What `export facts` writes, column by column. */
export function exportPage(): string {
  const rows = factColumns.map(
    ({ name, type, optional, says }) =>
      `| \`${name}\` | ${parquetTypes[type]} | ${optional ? 'yes' : ''} | ${says} |`,
  );
  return `${[...introduction, ...rows, ...more].join('\n')}\n`;
}

const parquetTypes = {
  int64: 'INT64',
  int32: 'INT32',
  text: 'text (UTF-8)',
  json: 'text: JSON',
  instant: 'TIMESTAMP (ms, UTC)',
  day: 'DATE',
  boolean: 'BOOLEAN',
};

const introduction = [
  '# Export',
  '',
  '## Facts',
  '',
  'Made from `src/export/fact-row.ts`. `skills-ledger export facts` ([options](cli.md#export-facts)) writes a row for each',
  'fact, in ledger order, for tools that analyse. For proofs take `export events`, which gives every fact as it was hashed.',
  '',
  'Sealed text is never opened and never written: names, titles and reasons are not there. What is there is pseudonymous:',
  'ids of persons, dates, codes and points. It stays personal data, so keep it as you keep the ledger.',
  '',
  '| Column | In Parquet | May be absent | Says |',
  '|---|---|:-:|---|',
];

const more = [
  '',
  'In CSV a time is text (`2026-01-31T09:30:00.000Z`), a day `2026-01-31`, what is absent is empty, and a text that a',
  'spreadsheet would run as a formula begins with an apostrophe. A spreadsheet cuts cells of more than 32,767 characters, which long',
  'facts have: take Parquet or NDJSON where that matters. In NDJSON `data` is an object, and what is absent is left out.',
  '',
  'Facts are never changed, so an export is brought up to date by what came since: `--since` takes the index that the last',
  'one ended with. With `--as-of` two people who ask at different times get the same rows. A fact that was retracted',
  'later is there, and so is the `FactRetracted` that names it.',
  '',
  'A file is written beside its place and renamed at its end: what has the name is whole. A Parquet file says in its',
  'metadata, under `skills-ledger`, from and up to which index its facts go, and that it is not for publication.',
  '',
  '## Reports as files',
  '',
  '`standing`, `capability` and `coverage` with `--out FOLDER` write the report and its base: who was looked at, among whom',
  'the figures are. Each is there as CSV (UTF-8 with a byte order mark, as spreadsheets want it), both in one spreadsheet',
  '(`.ods`), and the report as JSON, where points are hundredths, and people hundredths of a person.',
  '',
  'Beside them lies `NAME.about.json`, and the same as the last sheet: the ledger, the question as typed, the day for which',
  'it is true, the index as of which it was known and when the last fact before it was recorded, the framework, profile or',
  'rulebooks with their versions, and whether it is *final*. A report as of an index is final, and so is one as of a time an',
  'hour past: the same question always gets the same answer. Any other is *provisional*.',
  '',
  'Figures in these files are as counted, so they are not to be given out; `about` says so (`forPublication: false`). With',
  '`--for-publication` files of `capability` and `coverage` are cut from the table that was given out last instead, and',
  '`about` names table and disclosure profile ([publish](../how-to/publish.md)).',
];
