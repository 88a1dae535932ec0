import type { Database } from '../store/driver.ts';
import { absorptionTable, openPersons } from './persons.ts';
import type { ViewFact } from './projection.ts';
import { openRows } from './rows.ts';

/** Points in a scheme, cycle and category, in hundredths. */
interface Part {
  scheme: string;
  cycle: string;
  category: string;
  points: number;
}

/**
 * Awarded points by the stream where they stand (`person`), and whose balance they are (`member`): the same,
 * or the id that absorbed the person.
 */
export const balanceTables = [
  `CREATE TABLE balances (
    person TEXT NOT NULL,
    scheme TEXT NOT NULL,
    cycle TEXT NOT NULL,
    category TEXT NOT NULL,
    member TEXT NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (person, scheme, cycle, category)
  ) STRICT, WITHOUT ROWID`,
  // Empty between batches: what came to nothing is found by it, and deleted.
  'CREATE INDEX balances_of_nothing ON balances (person) WHERE points = 0',
  absorptionTable,
];

export const balanceIndexes = [
  'CREATE INDEX balances_by_member ON balances (member, scheme, cycle, category, points)',
];

/** Gives what stands under an absorbed id to who absorbed it: that is said in the stream of the latter. */
export function settleBalances(database: Database): void {
  const persons = openPersons(database);
  const give = database.prepare('UPDATE balances SET member = ? WHERE person = ?');
  for (const person of persons.absorbed()) give.run(persons.keeperOf(person), person);
}

/** Sums by person as they change within a batch, and their rows. */
export function openBalances(database: Database) {
  const persons = openPersons(database);
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

  const add = (person: string, part: Part, sign: 1 | -1): void => {
    const key = `${person} ${part.scheme} ${part.cycle} ${part.category}`;
    const change = changes.get(key);
    if (change !== undefined) change.points += sign * part.points;
    else changes.set(key, { person, part, points: sign * part.points });
  };
  const flush = (): void => {
    for (const { person, part, points } of changes.values()) {
      if (points === 0) continue;
      const { scheme, cycle, category } = part;
      rows.add(person, scheme, cycle, category, persons.keeperOf(person), points);
    }
    rows.flush();
    dropNothing.run();
    changes = new Map();
  };
  const moveTo = (duplicate: string): void => {
    flush();
    const keeper = persons.keeperOf(duplicate);
    for (const id of persons.idsOf(duplicate)) give.run(keeper, id);
  };
  return {
    /** What stood before and stands no more goes, what stands newly comes: parts that are the same object stay. */
    change(person: string, before: readonly Part[], after: readonly Part[]): void {
      if (before === after) return;
      for (const gone of before) if (!after.includes(gone)) add(person, gone, -1);
      for (const made of after) if (!before.includes(made)) add(person, made, 1);
    },
    absorb({ id, index, data }: Extract<ViewFact, { type: 'Absorbed' }>, survivor: string): void {
      const { duplicate } = data;
      persons.absorb({ event: id, at: index, survivor, duplicate });
      moveTo(duplicate);
    },
    /** An absorption never was. */
    forget(event: string): void {
      for (const duplicate of persons.forget([event])) moveTo(duplicate);
    },
    clear(person: string): void {
      flush();
      clear.run(person);
    },
    flush,
  };
}
