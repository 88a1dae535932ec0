import { streamParts } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import type { Database } from '../store/driver.ts';
import { dayHandedIn } from './day-handed-in.ts';
import type { Following, Projection } from './projection.ts';
import {
  followQueue,
  isQueueFact,
  type QueueClaim,
  type QueueFact,
  queueTypes,
} from './queue-claims.ts';

/**
 * Claims by the day on which they were handed in last. Decided claims keep their row, as an appeal may bring
 * them back; `waiting` counts the lines that wait for a decision.
 */
export const queue: Projection = {
  name: 'queue',
  version: 1,
  tables: [
    `CREATE TABLE queue (
      claim TEXT PRIMARY KEY,
      waiting INTEGER NOT NULL,
      submitted_on TEXT NOT NULL,
      member TEXT NOT NULL,
      assignee TEXT,
      kinds TEXT NOT NULL,
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: [
    'CREATE INDEX queue_by_age ON queue (submitted_on, claim) WHERE waiting > 0',
    'CREATE INDEX queue_by_assignee ON queue (assignee, submitted_on, claim) WHERE waiting > 0',
    'CREATE INDEX queue_by_member ON queue (member, submitted_on, claim) WHERE waiting > 0',
  ],
  types: queueTypes,
  on: follow,
};

function follow(database: Database): Following {
  const claims = openClaims(database);
  const apply = (fact: AnyFact): void => {
    if (!isQueueFact(fact)) return;
    const { claimId } = fact.data;
    const before = fact.type === 'Claimed' ? undefined : claims.get(claimId);
    const { id: member } = streamParts(fact.stream);
    const claim = followQueue(before, fact, { member, day: () => dayHandedIn(fact) });
    if (claim !== undefined) claims.set(claimId, claim);
  };
  return {
    apply,
    retract(fact, facts) {
      const gone = facts.find(({ id }) => id === fact.data.eventId);
      if (gone === undefined || !isQueueFact(gone)) return;
      const { claimId } = gone.data;
      claims.drop(claimId);
      const left = withoutRetracted(facts).filter(isQueueFact);
      for (const fact of left.filter(about(claimId))) apply(fact);
    },
    flush: claims.flush,
  };
}

function about(claimId: string): (fact: QueueFact) => boolean {
  return (fact) => fact.data.claimId === claimId;
}

/** Claims kept in memory between batches, by the age of their last use: about 1 KB each. */
const KEPT = 20_000;

/** The rows, those of a batch in memory. */
function openClaims(database: Database) {
  const read = database.prepare(
    'SELECT member, submitted_on, assignee, state FROM queue WHERE claim = ?',
  );
  const write = database.prepare('INSERT OR REPLACE INTO queue VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM queue WHERE claim = ?');
  const kept = new Map<string, QueueClaim>();
  const changed = new Set<string>();
  return {
    get(claimId: string): QueueClaim | undefined {
      const known = kept.get(claimId);
      if (known !== undefined) return known;
      const row = read.get(claimId) as Row | undefined;
      return row === undefined ? undefined : fromRow(row);
    },
    set(claimId: string, claim: QueueClaim): void {
      kept.delete(claimId);
      kept.set(claimId, claim);
      changed.add(claimId);
    },
    drop(claimId: string): void {
      kept.delete(claimId);
      changed.delete(claimId);
      remove.run(claimId);
    },
    flush(): void {
      // In the order of the table, so that neighbours are written together.
      for (const claimId of [...changed].sort()) {
        const claim = kept.get(claimId);
        if (claim === undefined) continue;
        const waiting = [...claim.lines.values()].filter(({ waits }) => waits);
        const kinds = [...new Set(waiting.map(({ kind }) => kind))].sort().join(' ');
        const { member, submittedOn, assignee = null } = claim;
        const state = stateOf(claim);
        write.run(claimId, waiting.length, submittedOn, member, assignee, kinds, state);
      }
      changed.clear();
      for (const claimId of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(claimId);
      }
    },
  };
}

interface Row {
  member: string;
  submitted_on: string;
  assignee: string | null;
  state: string;
}

function stateOf({ lines, rejections, appeals }: QueueClaim): string {
  const each = [...lines].map(([lineId, { kind, waits }]) => [lineId, kind, waits ? 1 : 0]);
  return JSON.stringify([each, [...rejections], [...appeals]]);
}

function fromRow({ member, submitted_on, assignee, state }: Row): QueueClaim {
  const [lines, rejections, appeals] = JSON.parse(state) as [
    [string, string, number][],
    [string, string[]][],
    [string, string][],
  ];
  return {
    member,
    submittedOn: submitted_on,
    assignee: assignee ?? undefined,
    lines: new Map(lines.map(([lineId, kind, waits]) => [lineId, { kind, waits: waits === 1 }])),
    rejections: new Map(rejections),
    appeals: new Map(appeals),
  };
}
