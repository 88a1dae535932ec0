import type { Database } from '../store/driver.ts';
import type { QueueClaim } from './queue-claims.ts';
import { openRows } from './rows.ts';

/** Claims with lines that wait for a decision, by the day on which they were handed in last. */
export const queueTable = `
  CREATE TABLE queue (
    claim TEXT PRIMARY KEY,
    waiting INTEGER NOT NULL,
    submitted_on TEXT NOT NULL,
    member TEXT NOT NULL,
    assignee TEXT,
    kinds TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

export const queueIndexes = [
  'CREATE INDEX queue_by_age ON queue (submitted_on, claim)',
  'CREATE INDEX queue_by_assignee ON queue (assignee, submitted_on, claim)',
  'CREATE INDEX queue_by_member ON queue (member, submitted_on, claim)',
];

/** The rows of the queue as claims change within a batch. */
export function openQueue(database: Database) {
  const rows = openRows(database, 6, 'INSERT OR REPLACE INTO queue');
  const remove = database.prepare('DELETE FROM queue WHERE claim = ?');
  let changed = new Map<string, { member: string; claim: QueueClaim; before: boolean }>();
  return {
    /** @param before whether it was known before this change, so that it may have a row */
    set(claimId: string, member: string, claim: QueueClaim, before: boolean): void {
      const change = changed.get(claimId);
      if (change === undefined) changed.set(claimId, { member, claim, before });
      else change.claim = claim;
    },
    drop(claimId: string): void {
      changed.delete(claimId);
      remove.run(claimId);
    },
    flush(): void {
      for (const [claimId, { member, claim, before }] of changed) {
        const { submittedOn, assignee = null, lines } = claim;
        const waiting = [...lines.values()].filter(({ waits }) => waits);
        if (waiting.length > 0) {
          const kinds = [...new Set(waiting.map(({ kind }) => kind))].sort().join(' ');
          rows.add(claimId, waiting.length, submittedOn, member, assignee, kinds);
        } else if (before) remove.run(claimId);
      }
      rows.flush();
      changed = new Map();
    },
  };
}
