import { streamParts } from '../events/ids.ts';
import type { Database } from '../store/driver.ts';
import type { Following, Projection, ViewFact } from './projection.ts';
import { openRows } from './rows.ts';
import type { DecisionKind, DecisionTaken } from './views.ts';

type DecisionFact = Extract<
  ViewFact,
  {
    type:
      | 'ClaimApproved'
      | 'ClaimRejected'
      | 'ClaimReturned'
      | 'ApprovalRevoked'
      | `Review${string}`
      | 'AppealUpheld'
      | 'AppealDismissed';
  }
>;

const kinds: Record<DecisionFact['type'], DecisionKind> = {
  ClaimApproved: 'approved',
  ClaimRejected: 'rejected',
  ClaimReturned: 'returned',
  ApprovalRevoked: 'revoked',
  ReviewOpened: 'review-opened',
  ReviewUpheld: 'review-upheld',
  ReviewOverturned: 'review-overturned',
  AppealUpheld: 'appeal-upheld',
  AppealDismissed: 'appeal-dismissed',
};

/**
 * Decisions by who took them: a row for each of them, with what is told of it. What the rule decided alone has none.
 * They stand in the order of the members whom they are about, in which a rebuild comes by them.
 */
export const decisions: Projection = {
  name: 'decisions',
  version: 3,
  tables: [
    `CREATE TABLE decisions (
      member TEXT NOT NULL,
      at INTEGER NOT NULL,
      person TEXT NOT NULL,
      said TEXT NOT NULL,
      PRIMARY KEY (member, at, person)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: ['CREATE INDEX decisions_by_person ON decisions (person, at)'],
  types: Object.keys(kinds) as DecisionFact['type'][],
  on: follow,
};

/** What stands in `said`. */
export type DecisionSaid = Omit<DecisionTaken, 'index' | 'by' | 'member'>;

function follow(database: Database): Following {
  const rows = openRows(database, 4, 'INSERT INTO decisions');
  const remove = database.prepare('DELETE FROM decisions WHERE member = ? AND at = ?');
  return {
    apply(fact) {
      if (!isDecision(fact)) return;
      const { claimId, decision } = fact.data;
      if (decision.decidedBy.length === 0) return;
      const { id: member } = streamParts(fact.stream);
      const { decidedOn, capacity, under } = decision;
      const said: DecisionSaid = {
        event: fact.id,
        claim: claimId,
        kind: kinds[fact.type],
        decidedOn,
        recordedAt: fact.metadata.recordedAt,
        capacity,
        ...(under === undefined ? {} : { under }),
        lines: linesOf(fact),
      };
      const text = JSON.stringify(said);
      for (const person of new Set(decision.decidedBy)) {
        rows.add(member, fact.index, person, text);
      }
    },
    retract(fact, facts) {
      const gone = facts.find(({ id }) => id === fact.data.eventId);
      rows.flush();
      if (gone !== undefined) remove.run(streamParts(fact.stream).id, gone.index);
    },
    flush: rows.flush,
  };
}

function isDecision(fact: ViewFact): fact is DecisionFact {
  return Object.hasOwn(kinds, fact.type);
}

function linesOf(fact: DecisionFact): string[] {
  switch (fact.type) {
    case 'ClaimApproved':
      return fact.data.lines.map(({ lineId }) => lineId);
    case 'ClaimRejected':
    case 'ApprovalRevoked':
      return fact.data.lines;
    case 'ClaimReturned':
    case 'ReviewOpened':
    case 'ReviewUpheld':
    case 'ReviewOverturned':
    case 'AppealUpheld':
    case 'AppealDismissed':
      return [];
  }
}
