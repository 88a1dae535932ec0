import type { Database } from '../../store/driver.ts';

/** Names of the tables of a database, in order. */
export function tablesOf(database: Database): string[] {
  const rows = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  return (rows as { name: string }[]).map(({ name }) => name);
}

/** The first row of a table that is in one database and not in the other, in words; undefined where there is none. */
export function difference(
  one: Database,
  other: Database,
  table: string,
): { one: string; other: string } | undefined {
  const [rows, others] = [rowsOf(one, table), rowsOf(other, table)];
  for (;;) {
    const [row, its] = [rows.next(), others.next()];
    if (row.done && its.done) return undefined;
    const [here, there] = [textOf(row), textOf(its)];
    if (here !== there) return { one: here, other: there };
  }
}

function rowsOf(database: Database, table: string): Iterator<unknown> {
  const columns = database.prepare(`PRAGMA table_info(${table})`).all().length;
  const order = Array.from({ length: columns }, (_, n) => n + 1).join(', ');
  const all = database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`);
  all.setReturnArrays(true);
  return all.iterate();
}

function textOf(row: IteratorResult<unknown>): string {
  return row.done ? 'no further row' : JSON.stringify(row.value);
}
