import { readModels } from '../../src/projections/read-models.ts';
import { META, META_TABLES } from '../../src/projections/views-file.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { viewsTables } from './views-tables.ts';
import type { TableTold } from './views-told.ts';

interface MadeColumn {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

type Made = ReadonlyMap<string, readonly MadeColumn[]>;

/** The tables that read models and their file have, as SQLite tells them. */
export function madeTables(): Made {
  const database = openDatabase(':memory:');
  for (const sql of [...META, ...readModels.flatMap(({ tables }) => tables)]) database.exec(sql);
  const names = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`)
    .all() as { name: string }[];
  const columns = (table: string) =>
    database.prepare(`SELECT * FROM pragma_table_info('${table}')`).all() as MadeColumn[];
  const made = new Map(names.map(({ name }) => [name, columns(name)]));
  database.close();
  return made;
}

/** What is made and not documented, or documented and not made, each as `table` or `table.column`. */
export function untold(made: Made, told: Readonly<Record<string, TableTold>>): string[] {
  const isMade = namesOf(
    [...made].map(([name, columns]) => [name, columns.map((one) => one.name)]),
  );
  const isTold = namesOf(
    Object.entries(told).map(([name, { columns }]) => [name, Object.keys(columns)]),
  );
  const lacking = (of: Set<string>, from: Set<string>) => [...of].filter((name) => !from.has(name));
  return [...lacking(isMade, isTold), ...lacking(isTold, isMade)].sort();
}

function namesOf(tables: [string, string[]][]): Set<string> {
  return new Set(
    tables.flatMap(([name, columns]) => [name, ...columns.map((c) => `${name}.${c}`)]),
  );
}

/** The tables of `views.db`, for whoever asks them in SQL. */
export function viewsPage(): string {
  const made = madeTables();
  const parts = Object.entries(viewsTables).flatMap(([name, { says, columns }]) => [
    `## ${name}`,
    '',
    says,
    '',
    '| Column | Type | Says |',
    '|---|---|---|',
    ...(made.get(name) ?? []).map(
      (column) => `| \`${column.name}\` | ${typeOf(column)} | ${columns[column.name]} |`,
    ),
    '',
  ]);
  return `${[...introduction, ...parts].join('\n').trimEnd()}\n`;
}

function typeOf({ type, notnull, pk }: MadeColumn): string {
  return `${type}${pk > 0 ? ', key' : notnull === 0 ? ', may be absent' : ''}`;
}

const introduction = [
  '# views.db',
  '',
  `Made from the tables of the read models, ${META_TABLES.length} of the file itself among them; a test fails where a column`,
  'is not told of here. `$LEDGER_HOME/views.db` holds the answers to questions about the whole society as rows. It is a',
  'SQLite database: any tool opens it, also while the ledger runs, as long as it only reads.',
  '',
  '```text',
  `sqlite3 -readonly data/views.db "SELECT count FROM checkpoint"`,
  '```',
  '',
  'It can be deleted at any time and is made again from the facts; so keep nothing in it. Its form may change with a',
  'release, which the version in `projections` tells. No sealed text is in it; what is in it is pseudonymous, not anonymous.',
  '',
  'Points are hundredths. Days are text, `2026-01-31`, but in tables of capability numbers, `20260131`. What was known as',
  'of index *n* and true on day *d* are rows with `recorded_from < n`, `recorded_until` absent or at least *n*,',
  '`effective_from <= d`, `effective_until` absent or above *d*; *n* of now is `count` in [checkpoint](#checkpoint).',
  '',
];
