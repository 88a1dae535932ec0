import { DuckDBInstance } from '@duckdb/node-api';

/** What DuckDB answers to statements, those of the last one: a row as JSON would hold it, large integers as text. */
export async function queried(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(sql);
    const rows = reader.getRowObjectsJson();
    connection.closeSync();
    return rows as Record<string, unknown>[];
  } finally {
    instance.closeSync();
  }
}
