import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Database } from '../../store/driver.ts';
import type { Following, ViewFact } from '../projection.ts';
import { type SaidOfBody, spellsOf } from './bodies.ts';
import { dayNumber, NEVER } from './days.ts';
import { recorded } from './recorded.ts';

export const organisationTables: readonly string[] = [
  `CREATE TABLE capability_bodies (
    organisation TEXT PRIMARY KEY,
    said TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_organisations (
    organisation TEXT NOT NULL,
    recorded_from INTEGER NOT NULL,
    recorded_until INTEGER,
    effective_from INTEGER NOT NULL,
    effective_until INTEGER,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    region TEXT,
    nation TEXT,
    state TEXT NOT NULL,
    successors TEXT NOT NULL,
    PRIMARY KEY (organisation, recorded_from, effective_from)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_declarations (
    organisation TEXT NOT NULL,
    declaration TEXT NOT NULL,
    at INTEGER NOT NULL,
    framework TEXT NOT NULL,
    version INTEGER NOT NULL,
    skill TEXT NOT NULL,
    level TEXT,
    headcount INTEGER NOT NULL,
    of INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    by TEXT NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_from INTEGER,
    PRIMARY KEY (organisation, declaration)
  ) STRICT, WITHOUT ROWID`,
];

export const organisationTypes = [
  'OrganisationRegistered',
  'OrganisationDetailsChanged',
  'OrganisationEnded',
  'OrganisationSucceeded',
  'CapabilityDeclared',
  'CapabilityWithdrawn',
] as const satisfies readonly AnyFact['type'][];

export function openOrganisations(database: Database): Pick<Following, 'apply'> {
  const read = database.prepare('SELECT said FROM capability_bodies WHERE organisation = ?');
  const keep = database.prepare('INSERT OR REPLACE INTO capability_bodies VALUES (?, ?)');
  const clear = database.prepare('DELETE FROM capability_organisations WHERE organisation = ?');
  const insert = database.prepare(
    'INSERT INTO capability_organisations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const declare = database.prepare(
    'INSERT INTO capability_declarations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
  );
  const withdraw = database.prepare(
    `UPDATE capability_declarations SET withdrawn_at = ?, withdrawn_from = ?
     WHERE organisation = ? AND declaration = ?`,
  );
  const say = (organisation: string, news: SaidOfBody): void => {
    const before = read.get(organisation) as { said: string } | undefined;
    const said = [...(JSON.parse(before?.said ?? '[]') as SaidOfBody[]), news];
    keep.run(organisation, JSON.stringify(said));
    clear.run(organisation);
    for (const { row, recordedFrom, recordedUntil } of recorded(said, spellsOf)) {
      const { from, name, type, region, nation, state } = row;
      const until = row.until === NEVER ? null : row.until;
      const details = [name, type, region, nation, state, JSON.stringify(row.successors)];
      insert.run(organisation, recordedFrom, recordedUntil, from, until, ...details);
    }
  };
  return {
    apply(fact) {
      const { id: organisation } = streamParts(fact.stream);
      if (fact.type === 'CapabilityDeclared') {
        const { declarationId, framework, skill, level, headcount, of, asOf, by } = fact.data;
        const what = [framework.id, framework.version, skill, level ?? null] as const;
        declare.run(
          organisation,
          declarationId,
          fact.index,
          ...what,
          headcount,
          of,
          dayNumber(asOf),
          by,
        );
        return;
      }
      if (fact.type === 'CapabilityWithdrawn') {
        const { declarationId, until } = fact.data;
        withdraw.run(fact.index, dayNumber(until), organisation, declarationId);
        return;
      }
      const news = saidBy(fact);
      if (news !== undefined) say(organisation, news);
    },
  };
}

function saidBy(fact: ViewFact): SaidOfBody | undefined {
  const at = fact.index;
  switch (fact.type) {
    case 'OrganisationRegistered':
    case 'OrganisationDetailsChanged': {
      const { name, type, region = null, nation = null } = fact.data;
      const on = fact.type === 'OrganisationRegistered' ? fact.data.from : fact.data.effectiveOn;
      return { at, on: dayNumber(on), details: { name, type, region, nation } };
    }
    case 'OrganisationEnded':
      return { at, on: dayNumber(fact.data.until), ended: true };
    case 'OrganisationSucceeded': {
      const { successors, effectiveOn } = fact.data;
      return { at, on: dayNumber(effectiveOn), successors };
    }
  }
  return undefined;
}
