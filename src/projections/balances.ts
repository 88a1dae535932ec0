import { streamParts } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { awardedSums, followAward, nothingAwarded } from '../scheme/awarded.ts';
import { type AwardFact, isAwardFact } from '../scheme/facts.ts';
import type { Database } from '../store/driver.ts';
import { openAwardedClaims } from './awarded-claims.ts';
import { absorptionTable, openPersons } from './persons.ts';
import type { Following, Projection } from './projection.ts';

/** What one fold of a stream awards in a scheme, cycle and category. */
interface Sum {
  scheme: string;
  cycle: string;
  category: string;
  points: number;
}

/**
 * Awarded points by the stream where they stand (`person`), and whose balance they are (`member`): the same,
 * or the id that absorbed the person. A claim's part is kept by claim, so that one fact costs one claim.
 */
export const balances: Projection = {
  name: 'balances',
  version: 1,
  tables: [
    `CREATE TABLE balances (
      person TEXT NOT NULL,
      scheme TEXT NOT NULL,
      cycle TEXT NOT NULL,
      category TEXT NOT NULL,
      member TEXT NOT NULL,
      points INTEGER NOT NULL,
      PRIMARY KEY (person, scheme, cycle, category)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE balance_claims (
      claim TEXT PRIMARY KEY,
      awarded TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    absorptionTable,
  ],
  indexes: [
    'CREATE INDEX balances_by_member ON balances (member, scheme, cycle, category, points)',
  ],
  types: [
    'Absorbed',
    'Claimed',
    'ClaimAmended',
    'ClaimWithdrawn',
    'ClaimApproved',
    'ApprovalRevoked',
    'ReviewOverturned',
    'PointsAdjusted',
    'PointsBroughtIn',
  ],
  on: follow,
};

function follow(database: Database): Following {
  const persons = openPersons(database);
  const claims = openAwardedClaims(database);
  const sums = openSums(database, persons.keeperOf);

  const award = (person: string, fact: AwardFact): void => {
    const claimId = 'claimId' in fact.data ? fact.data.claimId : undefined;
    // A claim that begins has no row to be looked for.
    const known = claimId !== undefined && fact.type !== 'Claimed';
    const state = known ? claims.get(claimId) : nothingAwarded();
    const before = claimId === undefined ? [] : awardedSums(state);
    followAward(state, fact);
    if (claimId !== undefined) claims.set(claimId, state);
    sums.add(person, before, -1);
    sums.add(person, awardedSums(state), 1);
  };
  const moveTo = (duplicate: string): void => {
    sums.flush();
    const keeper = persons.keeperOf(duplicate);
    for (const id of persons.idsOf(duplicate)) sums.give(id, keeper);
  };
  const apply = (fact: AnyFact): void => {
    const { id: person } = streamParts(fact.stream);
    if (fact.type === 'Absorbed') {
      const { duplicate } = fact.data;
      persons.absorb({ event: fact.id, at: fact.index, survivor: person, duplicate });
      moveTo(duplicate);
    } else if (isAwardFact(fact)) award(person, fact);
  };
  return {
    apply,
    retract(fact, facts) {
      const gone = facts.find(({ id }) => id === fact.data.eventId);
      if (gone?.type === 'Absorbed') {
        for (const duplicate of persons.forget([gone.id])) moveTo(duplicate);
      } else if (gone !== undefined && isAwardFact(gone)) {
        const { id: person } = streamParts(fact.stream);
        sums.flush();
        sums.clear(person);
        for (const claimId of claimsOf(facts)) claims.set(claimId, nothingAwarded());
        for (const left of withoutRetracted(facts)) if (isAwardFact(left)) award(person, left);
      }
    },
    flush() {
      claims.flush();
      sums.flush();
    },
  };
}

function claimsOf(facts: readonly AnyFact[]): Set<string> {
  return new Set(facts.flatMap((fact) => (fact.type === 'Claimed' ? [fact.data.claimId] : [])));
}

/** Sums by person as they change within a batch, and their rows. */
function openSums(database: Database, keeperOf: (person: string) => string) {
  const add = database.prepare(
    `INSERT INTO balances (person, scheme, cycle, category, member, points)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET points = points + excluded.points`,
  );
  const dropNothing = database.prepare(
    `DELETE FROM balances
     WHERE person = ? AND scheme = ? AND cycle = ? AND category = ? AND points = 0`,
  );
  const clear = database.prepare('DELETE FROM balances WHERE person = ?');
  const give = database.prepare('UPDATE balances SET member = ? WHERE person = ?');
  let changes = new Map<string, { person: string; sum: Sum; points: number }>();
  return {
    add(person: string, of: readonly Sum[], sign: 1 | -1): void {
      for (const sum of of) {
        const key = `${person} ${sum.scheme} ${sum.cycle} ${sum.category}`;
        const change = changes.get(key) ?? { person, sum, points: 0 };
        change.points += sign * sum.points;
        changes.set(key, change);
      }
    },
    clear: (person: string) => clear.run(person),
    give: (person: string, member: string) => give.run(member, person),
    flush(): void {
      for (const { person, sum, points } of changes.values()) {
        if (points === 0) continue;
        const { scheme, cycle, category } = sum;
        add.run(person, scheme, cycle, category, keeperOf(person), points);
        // What sums to nothing has no row, whatever it was between.
        dropNothing.run(person, scheme, cycle, category);
      }
      changes = new Map();
    },
  };
}
