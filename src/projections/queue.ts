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
import { openKeptRows } from './rows.ts';

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
  const claims = openKeptRows<Row>(database, 'queue', 'claim', [
    'waiting',
    'submitted_on',
    'member',
    'assignee',
    'kinds',
    'state',
  ]);
  const apply = (fact: AnyFact): void => {
    if (!isQueueFact(fact)) return;
    const { claimId } = fact.data;
    const row = fact.type === 'Claimed' ? undefined : claims.get(claimId);
    const before = row === undefined ? undefined : fromRow(row);
    const { id: member } = streamParts(fact.stream);
    const claim = followQueue(before, fact, { member, day: () => dayHandedIn(fact) });
    if (claim !== undefined) claims.set(claimId, toRow(claim));
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

type Row = [
  waiting: number,
  submittedOn: string,
  member: string,
  assignee: string | null,
  kinds: string,
  state: string,
];

function toRow(claim: QueueClaim): Row {
  const { member, submittedOn, assignee = null, lines, rejections, appeals } = claim;
  const waiting = [...lines.values()].filter(({ waits }) => waits);
  const kinds = [...new Set(waiting.map(({ kind }) => kind))].sort().join(' ');
  const each = [...lines].map(([lineId, { kind, waits }]) => [lineId, kind, waits ? 1 : 0]);
  const state = JSON.stringify([each, [...rejections], [...appeals]]);
  return [waiting.length, submittedOn, member, assignee, kinds, state];
}

function fromRow([, submittedOn, member, assignee, , state]: Row): QueueClaim {
  const [lines, rejections, appeals] = JSON.parse(state) as [
    [string, string, number][],
    [string, string[]][],
    [string, string][],
  ];
  return {
    member,
    submittedOn,
    assignee: assignee ?? undefined,
    lines: new Map(lines.map(([lineId, kind, waits]) => [lineId, { kind, waits: waits === 1 }])),
    rejections: new Map(rejections),
    appeals: new Map(appeals),
  };
}
