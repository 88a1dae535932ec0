import { streamParts } from '../events/ids.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { isAwardFact } from '../scheme/facts.ts';
import type { Database } from '../store/driver.ts';
import { type ClaimFact, followClaim } from './awarded-claims.ts';
import { balanceIndexes, balanceTables, openBalances, settleBalances } from './balances.ts';
import { type KeptClaim, readClaim, writeClaim } from './claims-kept.ts';
import { dayHandedIn } from './day-handed-in.ts';
import type { Following, Projection, ViewFact } from './projection.ts';
import { openQueue, queueIndexes, queueTable } from './queue.ts';
import { followQueue, isQueueFact, type QueueFact, queueTypes } from './queue-claims.ts';
import { openKept } from './rows.ts';

/**
 * Claims: what was awarded for them (balances.ts), and which of them wait for a decision (queue.ts). What both
 * must remember of a claim, to follow a later fact of it, has one row. These stand in the order in which a rebuild
 * comes by them: to put each at a place of chance took twice as long.
 */
export const claims: Projection = {
  name: 'claims',
  version: 2,
  tables: [
    `CREATE TABLE claims (
      member TEXT NOT NULL,
      claim TEXT NOT NULL,
      kept TEXT NOT NULL,
      PRIMARY KEY (member, claim)
    ) STRICT, WITHOUT ROWID`,
    queueTable,
    ...balanceTables,
  ],
  indexes: [...queueIndexes, ...balanceIndexes],
  types: [
    'Absorbed',
    ...queueTypes,
    'ApprovalRevoked',
    'ReviewOverturned',
    'PointsAdjusted',
    'PointsBroughtIn',
  ],
  on: follow,
  settle: settleBalances,
};

type OfClaim = QueueFact | Extract<ViewFact, { type: ClaimFact['type'] }>;

const nothing = { cycles: [], awards: [] };

function follow(database: Database): Following {
  const balances = openBalances(database);
  const queue = openQueue(database);
  const kept = openKept<KeptClaim, [text: string]>(database, {
    table: 'claims',
    key: ['member', 'claim'],
    columns: ['kept'],
    read: ([text]) => readClaim(text),
    write: (claim) => [writeClaim(claim)],
  });

  const followOne = (person: string, fact: OfClaim): void => {
    const { claimId } = fact.data;
    const key = `${person} ${claimId}`;
    // A claim that begins has no row to be looked for.
    const before = fact.type === 'Claimed' ? undefined : kept.get(key);
    const queued = isQueueFact(fact)
      ? followQueue(before?.queued, fact, () => dayHandedIn(fact))
      : before?.queued;
    // A claim that nobody made: `verify` reports such a history.
    if (queued === undefined) return;
    const earlier = before?.awarded ?? nothing;
    const awarded = isAwardFact(fact) ? followClaim(earlier, fact) : earlier;
    kept.set(key, { queued, awarded });
    queue.set(claimId, person, queued, before !== undefined);
    balances.change(person, earlier.awards, awarded.awards);
  };
  const apply = (fact: ViewFact): void => {
    const { id: person } = streamParts(fact.stream);
    switch (fact.type) {
      case 'Absorbed':
        balances.absorb(fact, person);
        return;
      case 'PointsAdjusted':
      case 'PointsBroughtIn':
        balances.change(person, [], [fact.data]);
        return;
      default:
        if (isQueueFact(fact) || isAwardFact(fact)) followOne(person, fact as OfClaim);
    }
  };
  return {
    apply,
    retract(fact, facts) {
      const gone = facts.find(({ id }) => id === fact.data.eventId);
      if (gone === undefined) return;
      if (gone.type === 'Absorbed') return balances.forget(gone.id);
      if (!isQueueFact(gone) && !isAwardFact(gone)) return;
      const { id: person } = streamParts(fact.stream);
      balances.clear(person);
      for (const { type, data } of facts) {
        if (type !== 'Claimed') continue;
        kept.drop(`${person} ${data.claimId}`);
        queue.drop(data.claimId);
      }
      for (const left of withoutRetracted(facts)) if (left.type !== 'Absorbed') apply(left);
    },
    flush() {
      kept.flush();
      queue.flush();
      balances.flush();
    },
  };
}
