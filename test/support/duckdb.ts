import { DuckDBInstance } from '@duckdb/node-api';

type Rows = Record<string, unknown>[];

/** What DuckDB answers to each statement in order: rows as JSON would hold them, large integers as text. */
export async function answers(statements: readonly string[]): Promise<Rows[]> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const found: Rows[] = [];
    for (const sql of statements) {
      found.push((await connection.runAndReadAll(sql)).getRowObjectsJson() as Rows);
    }
    connection.closeSync();
    return found;
  } finally {
    instance.closeSync();
  }
}

/** The answer to one statement. */
export async function queried(sql: string): Promise<Rows> {
  return (await answers([sql]))[0] ?? [];
}
