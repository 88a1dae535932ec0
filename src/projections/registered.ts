import { streamParts } from '../events/ids.ts';
import type { AnyFact } from '../events/registry.ts';
import type { Database } from '../store/driver.ts';
import type { Following, Projection, ViewFact } from './projection.ts';
import { registers } from './views.ts';

/** Facts of the streams of registers. */
const types = [
  'OrganisationRegistered',
  'OrganisationDetailsChanged',
  'OrganisationIdentifiersChanged',
  'OrganisationEnded',
  'OrganisationSucceeded',
  'RulebookPublished',
  'AssessorAppointed',
  'AppointmentEnded',
  'PanelConstituted',
  'InterestDeclared',
  'EntryListed',
  'EntryChanged',
  'EntryDelisted',
  'SessionScheduled',
  'SessionCancelled',
  'AttendanceRecorded',
  'AttendanceCorrected',
  'FrameworkPublished',
  'FrameworkSkillsListed',
  'ProfilePublished',
  'ProfileRetired',
  'DisclosureProfilePublished',
  'NeighboursPublished',
] as const satisfies readonly AnyFact['type'][];

/** Things of the society by the index of the fact that began them. `words`: names and codes in lower case. */
export const registered: Projection = {
  name: 'registered',
  version: 2,
  tables: [
    `CREATE TABLE registered (
      register TEXT NOT NULL,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL,
      words TEXT NOT NULL,
      PRIMARY KEY (register, id)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: ['CREATE INDEX registered_by_age ON registered (register, at)'],
  types,
  on: follow,
};

type Data = Record<string, unknown>;

function follow(database: Database): Following {
  const read = database.prepare('SELECT at, data FROM registered WHERE register = ? AND id = ?');
  const write = database.prepare('INSERT OR REPLACE INTO registered VALUES (?, ?, ?, ?, ?)');
  return {
    apply(fact) {
      const { category, id } = streamParts(fact.stream);
      if (!(registers as readonly string[]).includes(category)) return;
      const row = read.get(category, id) as { at: number; data: string } | undefined;
      const before = row === undefined ? {} : (JSON.parse(row.data) as Data);
      const data = { ...before, ...saidBy(fact, before) };
      if (row !== undefined && Object.keys(saidBy(fact, before)).length === 0) return;
      write.run(category, id, row?.at ?? fact.index, JSON.stringify(data), wordsOf(data));
    },
    // Only facts of members are retracted.
    retract() {},
    flush() {},
  };
}

/**
 * What a fact says of the thing itself. Appointments, panels, interests and attendance stand in its stream,
 * but are about persons.
 */
function saidBy(fact: ViewFact, before: Data): Data {
  if (fact.type === 'EntryDelisted') return { delisted: true };
  if (fact.type === 'SessionCancelled') return { cancelled: true };
  if (fact.type === 'FrameworkPublished') {
    return { effectiveFrom: undefined, staleAfterMonths: undefined, ...fact.data, skills: [] };
  }
  if (fact.type === 'FrameworkSkillsListed') {
    return { skills: [...(before['skills'] as unknown[]), ...fact.data.skills] };
  }
  // Stated anew as a whole: what it says no longer is gone.
  if (fact.type === 'OrganisationDetailsChanged') {
    return { region: undefined, nation: undefined, ...fact.data };
  }
  if (fact.type === 'EntryChanged') return { organisation: undefined, ...fact.data };
  if (fact.type === 'ProfilePublished') return { types: undefined, ...fact.data };
  const describes =
    fact.type.startsWith('Organisation') ||
    fact.type === 'EntryListed' ||
    fact.type === 'RulebookPublished' ||
    fact.type === 'SessionScheduled' ||
    fact.type === 'ProfileRetired' ||
    fact.type === 'DisclosureProfilePublished' ||
    fact.type === 'NeighboursPublished';
  return describes ? (fact.data as Data) : {};
}

function wordsOf(data: Data): string {
  const identifiers = (data['identifiers'] ?? []) as { code: string }[];
  const words = [data['name'], data['title'], data['kind'], data['type']];
  return [...words, ...identifiers.map(({ code }) => code)]
    .filter((word) => typeof word === 'string')
    .join('\n')
    .toLowerCase();
}
