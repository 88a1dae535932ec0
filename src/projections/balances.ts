import { streamParts } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import { type AwardFact, isAwardFact } from '../scheme/facts.ts';
import type { Database } from '../store/driver.ts';
import { type AwardedClaim, followClaim } from './awarded-claims.ts';
import { absorptionTable, openPersons } from './persons.ts';
import type { Following, Projection } from './projection.ts';
import { openKeptRows, openRows } from './rows.ts';

/** Points in a scheme, cycle and category, in hundredths. */
interface Part {
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
  version: 2,
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
    // Empty between batches: what came to nothing is found by it, and deleted.
    'CREATE INDEX balances_of_nothing ON balances (person) WHERE points = 0',
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

const nothingAwarded: AwardedClaim = { cycles: [], awards: [] };

function follow(database: Database): Following {
  const persons = openPersons(database);
  const claims = openKeptRows<[awarded: string]>(database, 'balance_claims', 'claim', ['awarded']);
  const sums = openSums(database, persons.keeperOf);

  const award = (person: string, fact: AwardFact): void => {
    if (fact.type === 'PointsAdjusted' || fact.type === 'PointsBroughtIn') {
      sums.add(person, fact.data, 1);
      return;
    }
    const { claimId } = fact.data;
    // A claim that begins has no row to be looked for.
    const row = fact.type === 'Claimed' ? undefined : claims.get(claimId);
    const before = row === undefined ? nothingAwarded : (JSON.parse(row[0]) as AwardedClaim);
    const after = followClaim(before, fact);
    claims.set(claimId, [JSON.stringify(after)]);
    for (const gone of before.awards) {
      if (!after.awards.includes(gone)) sums.add(person, gone, -1);
    }
    for (const made of after.awards) {
      if (!before.awards.includes(made)) sums.add(person, made, 1);
    }
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
        for (const claimId of claimsOf(facts))
          claims.set(claimId, [JSON.stringify(nothingAwarded)]);
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
  const rows = openRows(
    database,
    6,
    'INSERT INTO balances (person, scheme, cycle, category, member, points)',
    'ON CONFLICT DO UPDATE SET points = points + excluded.points',
  );
  // What sums to nothing has no row, whatever it was between.
  const dropNothing = database.prepare('DELETE FROM balances WHERE points = 0');
  const clear = database.prepare('DELETE FROM balances WHERE person = ?');
  const give = database.prepare('UPDATE balances SET member = ? WHERE person = ?');
  let changes = new Map<string, { person: string; part: Part; points: number }>();
  return {
    add(person: string, part: Part, sign: 1 | -1): void {
      const key = `${person} ${part.scheme} ${part.cycle} ${part.category}`;
      const change = changes.get(key);
      if (change !== undefined) change.points += sign * part.points;
      else changes.set(key, { person, part, points: sign * part.points });
    },
    clear: (person: string) => clear.run(person),
    give: (person: string, member: string) => give.run(member, person),
    flush(): void {
      for (const { person, part, points } of changes.values()) {
        if (points === 0) continue;
        const { scheme, cycle, category } = part;
        rows.add(person, scheme, cycle, category, keeperOf(person), points);
      }
      rows.flush();
      dropNothing.run();
      changes = new Map();
    },
  };
}
