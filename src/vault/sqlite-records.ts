import type { SealedBox } from '../events/sealing.ts';
import type { Database } from '../store/driver.ts';
import { inTransaction } from './sqlite-schema.ts';
import type { AccessEntry, DirectoryEntry } from './vault.ts';

export type SqliteRecords = ReturnType<typeof sqliteRecords>;

/** The sealed details of persons, and who opened what of whom. */
export function sqliteRecords(database: Database) {
  const log = database.prepare(
    'INSERT INTO access_log (at, actor, subject, reason, operation) VALUES (?, ?, ?, ?, ?)',
  );
  const put = database.prepare(
    `INSERT INTO details VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE
       SET stream = excluded.stream, event = excluded.event, box = excluded.box`,
  );
  return {
    setDetails(details: ReadonlyMap<string, DirectoryEntry>): void {
      if (details.size === 0) return;
      inTransaction(database, () => {
        for (const [person, { stream, eventId, box }] of details) {
          put.run(person, stream, eventId, JSON.stringify(box));
        }
      });
    },
    allDetails(): Map<string, DirectoryEntry> {
      const rows = database.prepare('SELECT person, stream, event, box FROM details').all();
      return new Map(
        (rows as { person: string; stream: string; event: string; box: string }[]).map((row) => [
          row.person,
          { stream: row.stream, eventId: row.event, box: JSON.parse(row.box) as SealedBox },
        ]),
      );
    },
    logAccess(entries: readonly AccessEntry[]): void {
      inTransaction(database, () => {
        for (const { at, actor, subject, reason, operation } of entries) {
          log.run(at, actor, subject, reason, operation);
        }
      });
    },
    accessLog: (subject: string, limit: number): AccessEntry[] =>
      database
        .prepare(
          `SELECT at, actor, subject, reason, operation FROM access_log
            WHERE subject = ? ORDER BY seq DESC LIMIT ?`,
        )
        .all(subject, limit)
        .map((row) => ({ ...(row as AccessEntry) })),
  };
}
