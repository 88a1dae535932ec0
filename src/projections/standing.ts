import { streamParts } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { Database } from '../store/driver.ts';
import type { Following, Projection } from './projection.ts';
import { openRows } from './rows.ts';
import { leanOf } from './standing-lean.ts';

/** Facts that a report of standing reads besides those of a statement. */
const beside = ['EmploymentStarted', 'EmploymentEnded', 'CycleDetermined'] as const;
const statementTypes = [...registry.keys()]
  .map((type) => ({ type }) as AnyFact)
  .filter(isStatementFact)
  .map(({ type }) => type);

/**
 * What a report of everybody's standing is computed from: of each fact of a member that a statement reads, the
 * part that it reads, from the index at which it was recorded to that at which it was retracted. As of any
 * index these are the facts that the member's own statement is folded from (docs/adr/0014).
 *
 * The version is raised, too, when `isStatementFact` takes in another type, or reads more of one.
 */
export const standing: Projection = {
  name: 'standing',
  version: 3,
  tables: [
    `CREATE TABLE standing_facts (
      person TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      fact TEXT NOT NULL,
      PRIMARY KEY (person, at)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE standing_members (
      scheme TEXT NOT NULL,
      person TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (scheme, person, at)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE standing_mergers (
      survivor TEXT NOT NULL,
      duplicate TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (at)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: [],
  types: ['Absorbed', ...beside, ...statementTypes],
  on: follow,
};

const TABLES = ['standing_facts', 'standing_members', 'standing_mergers'];

function follow(database: Database): Following {
  const facts = openRows(database, 3, 'INSERT INTO standing_facts (person, at, fact)');
  const joined = database.prepare('INSERT INTO standing_members VALUES (?, ?, ?, NULL)');
  const merged = database.prepare('INSERT INTO standing_mergers VALUES (?, ?, ?, NULL)');
  const end = database.prepare(
    'UPDATE standing_facts SET until = ? WHERE person = ? AND at = ? AND until IS NULL',
  );
  const others = TABLES.slice(1).map((table) =>
    database.prepare(`UPDATE ${table} SET until = ? WHERE at = ? AND until IS NULL`),
  );
  let waiting: { person: string; at: number; text: string }[] = [];

  const flush = (): void => {
    // By person, as the table is kept: a batch then touches each of its pages once.
    waiting.sort((a, b) => (a.person < b.person ? -1 : a.person > b.person ? 1 : a.at - b.at));
    for (const { person, at, text } of waiting) facts.add(person, at, text);
    facts.flush();
    waiting = [];
  };
  return {
    apply(said) {
      const { id: person } = streamParts(said.stream);
      const { index: at } = said;
      if (said.type === 'Absorbed') {
        merged.run(person, said.data.duplicate, at);
        return;
      }
      if (said.type === 'SchemeJoined') joined.run(said.data.scheme, person, at);
      waiting.push({ person, at, text: leanOf(said) });
    },
    retract({ stream, index, data }, facts) {
      const gone = facts.find(({ id }) => id === data.eventId);
      if (gone === undefined) return;
      flush();
      end.run(index, streamParts(stream).id, gone.index);
      for (const statement of others) statement.run(index, gone.index);
    },
    flush,
  };
}
