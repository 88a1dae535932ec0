import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Database } from '../../store/driver.ts';
import type { Following, ViewFact } from '../projection.ts';
import { openKept } from '../rows.ts';
import { dayNumber, dayOrNull, NEVER } from './days.ts';
import { postsOf, type SaidOfMember } from './posts.ts';
import { recorded } from './recorded.ts';

/** People by the number under which they stand in millions of rows: the index of their first fact here. */
export const memberTables: readonly string[] = [
  `CREATE TABLE capability_people (
    person TEXT PRIMARY KEY,
    member INTEGER NOT NULL,
    said TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_posts (
    member INTEGER NOT NULL,
    recorded_from INTEGER NOT NULL,
    recorded_until INTEGER,
    effective_from INTEGER NOT NULL,
    effective_until INTEGER,
    grade TEXT NOT NULL,
    organisation TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (member, recorded_from, effective_from, organisation)
  ) STRICT, WITHOUT ROWID`,
];

export const memberIndexes: readonly string[] = [
  'CREATE UNIQUE INDEX capability_people_by_member ON capability_people (member)',
  'CREATE INDEX capability_posts_by_organisation ON capability_posts (organisation)',
];

export const memberTypes = [
  'Registered',
  'GradeChanged',
  'Resigned',
  'Lapsed',
  'Died',
  'Reinstated',
  'Rejoined',
  'EmploymentStarted',
  'EmploymentChanged',
  'EmploymentEnded',
] as const satisfies readonly AnyFact['type'][];

export interface Members extends Following {
  /** The number of a person; `index` is that of the fact at hand. */
  numberOf(person: string, index: number): number;
}

interface Person {
  member: number;
  said: SaidOfMember[];
}

export function openMembers(database: Database): Members {
  const people = openKept<Person, [member: number, said: string]>(database, {
    table: 'capability_people',
    key: ['person'],
    columns: ['member', 'said'],
    read: ([member, said]) => ({ member, said: JSON.parse(said) as SaidOfMember[] }),
    write: ({ member, said }) => [member, JSON.stringify(said)],
  });
  const clear = database.prepare('DELETE FROM capability_posts WHERE member = ?');
  const insert = database.prepare('INSERT INTO capability_posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const changed = new Map<number, SaidOfMember[]>();

  const known = (person: string, index: number): Person => {
    const before = people.get(person);
    if (before !== undefined) return before;
    const begun = { member: index, said: [] };
    people.set(person, begun);
    return begun;
  };
  const say = (person: string, index: number, change: (said: SaidOfMember[]) => void): void => {
    const one = known(person, index);
    change(one.said);
    people.set(person, one);
    changed.set(one.member, one.said);
  };
  const write = (member: number, said: readonly SaidOfMember[]): void => {
    clear.run(member);
    const rows = recorded(said, postsOf);
    for (const { row, recordedFrom, recordedUntil } of rows) {
      const { from, grade, organisation, people: part } = row;
      const until = row.until === NEVER ? null : row.until;
      insert.run(member, recordedFrom, recordedUntil, from, until, grade, organisation, part);
    }
  };
  return {
    numberOf: (person, index) => known(person, index).member,
    apply(fact) {
      const news = saidBy(fact);
      if (news === undefined) return;
      say(streamParts(fact.stream).id, fact.index, (said) => said.push(news));
    },
    retract({ stream, index, data }, facts) {
      const gone = facts.find(({ id }) => id === data.eventId);
      if (gone === undefined || saidBy(gone) === undefined) return;
      say(streamParts(stream).id, index, (said) => {
        for (const one of said) if (one.at === gone.index) one.gone ??= index;
      });
    },
    flush() {
      people.flush();
      // In the order of the table, so that neighbours are written together.
      for (const [member, said] of [...changed].sort(([a], [b]) => a - b)) write(member, said);
      changed.clear();
    },
  };
}

/** What a fact says of membership and employment; undefined: nothing. */
function saidBy(fact: ViewFact): SaidOfMember | undefined {
  const at = fact.index;
  switch (fact.type) {
    case 'Registered':
      return { at, on: dayNumber(fact.data.on), is: 'member', grade: fact.data.grade };
    case 'GradeChanged':
      return { at, on: dayNumber(fact.data.effectiveOn), grade: fact.data.grade };
    case 'Resigned':
    case 'Lapsed':
      return { at, on: dayNumber(fact.data.effectiveOn), is: 'ended' };
    case 'Died':
      return { at, on: dayNumber(fact.data.effectiveOn), is: 'died' };
    case 'Reinstated':
      return { at, on: dayNumber(fact.data.effectiveOn), is: 'member' };
    case 'Rejoined': {
      const { effectiveOn, grade } = fact.data;
      return { at, on: dayNumber(effectiveOn), is: 'member', grade };
    }
    case 'EmploymentStarted': {
      const { employmentId: id, organisation, share, from, until } = fact.data;
      const post = { id, organisation, share: [share.num, share.den] as const };
      const end = dayOrNull(until);
      return { at, on: dayNumber(from), post, ...(end === null ? {} : { until: end }) };
    }
    case 'EmploymentChanged': {
      const { employmentId: id, share, from } = fact.data;
      return { at, on: dayNumber(from), post: { id, share: [share.num, share.den] } };
    }
    case 'EmploymentEnded': {
      const { employmentId: id, until } = fact.data;
      return { at, on: dayNumber(until), post: { id } };
    }
  }
  return undefined;
}
