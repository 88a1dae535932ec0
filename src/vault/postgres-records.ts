import { randomUUID } from 'node:crypto';
import type { SealedBox } from '../events/sealing.ts';
import type { Query } from './postgres-client.ts';
import type { AccessEntry, DirectoryEntry } from './vault.ts';

/** The sealed details of persons, and who opened what of whom. */
export function postgresRecords(query: Query) {
  return {
    async setDetails(details: ReadonlyMap<string, DirectoryEntry>): Promise<void> {
      if (details.size === 0) return;
      const rows = [...details.values()];
      await query(
        `INSERT INTO vault.details SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
           ON CONFLICT (person) DO UPDATE
           SET stream = excluded.stream, event = excluded.event, box = excluded.box`,
        [
          [...details.keys()],
          rows.map(({ stream }) => stream),
          rows.map(({ eventId }) => eventId),
          rows.map(({ box }) => JSON.stringify(box)),
        ],
      );
    },
    async allDetails(): Promise<Map<string, DirectoryEntry>> {
      const rows = await query<{ person: string; stream: string; event: string; box: string }>(
        'SELECT person, stream, event, box FROM vault.details',
      );
      return new Map(
        rows.map(({ person, stream, event, box }) => [
          person,
          { stream, eventId: event, box: JSON.parse(box) as SealedBox },
        ]),
      );
    },
    async logAccess(entries: readonly AccessEntry[]): Promise<void> {
      // Each with its own id, so that one row is written however often the statement is sent.
      await query(
        `INSERT INTO vault.access_log (entry, at, actor, subject, reason, operation)
           SELECT entry::uuid, at, actor, subject, reason, operation
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
               AS row (entry, at, actor, subject, reason, operation)
           ON CONFLICT (entry) DO NOTHING`,
        [
          entries.map(() => randomUUID()),
          entries.map(({ at }) => at),
          entries.map(({ actor }) => actor),
          entries.map(({ subject }) => subject),
          entries.map(({ reason }) => reason),
          entries.map(({ operation }) => operation),
        ],
      );
    },
    accessLog: (subject: string, limit: number): Promise<AccessEntry[]> =>
      query<AccessEntry>(
        `SELECT at, actor, subject, reason, operation FROM vault.access_log
          WHERE subject = $1 ORDER BY seq DESC LIMIT $2`,
        [subject, limit],
      ),
  };
}
