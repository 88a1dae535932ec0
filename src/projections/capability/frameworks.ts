import { HELD } from '../../events/framework.ts';
import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Database } from '../../store/driver.ts';
import { dayHandedIn } from '../day-handed-in.ts';
import type { Following, ViewFact } from '../projection.ts';
import { termNumber } from './credits.ts';
import { dayNumber } from './days.ts';

export const frameworkTables: readonly string[] = [
  `CREATE TABLE capability_frameworks (
    framework TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    name TEXT NOT NULL,
    levels TEXT NOT NULL,
    stale_after_months INTEGER,
    skills INTEGER NOT NULL,
    PRIMARY KEY (framework, version)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_named_skills (
    framework TEXT NOT NULL,
    version INTEGER NOT NULL,
    skill TEXT NOT NULL,
    at INTEGER NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (framework, version, skill)
  ) STRICT, WITHOUT ROWID`,
  // A skill at a level, by the number under which it stands in the rows of members.
  `CREATE TABLE capability_terms (
    framework TEXT NOT NULL,
    version INTEGER NOT NULL,
    skill TEXT NOT NULL,
    level TEXT NOT NULL,
    term INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (framework, version, skill, level)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_mappings (
    framework TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,
    mappings TEXT NOT NULL,
    levels TEXT NOT NULL,
    PRIMARY KEY (framework, version, at)
  ) STRICT, WITHOUT ROWID`,
];

export const frameworkTypes = [
  'FrameworkPublished',
  'FrameworkSkillsListed',
  'FrameworkMapped',
] as const satisfies readonly AnyFact['type'][];

type Level = { code: string; name: string };

export function openFrameworks(database: Database): Pick<Following, 'apply'> {
  const publish = database.prepare(
    'INSERT INTO capability_frameworks VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const levelsOf = database.prepare(
    'SELECT levels FROM capability_frameworks WHERE framework = ? AND version = ?',
  );
  const name = database.prepare(
    'INSERT OR REPLACE INTO capability_named_skills VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const term = database.prepare(
    'INSERT OR REPLACE INTO capability_terms VALUES (?, ?, ?, ?, ?, ?)',
  );
  const end = database.prepare(
    'UPDATE capability_mappings SET until = ? WHERE framework = ? AND version = ? AND until IS NULL',
  );
  const map = database.prepare('INSERT INTO capability_mappings VALUES (?, ?, ?, NULL, ?, ?)');

  const list = (fact: Extract<ViewFact, { type: 'FrameworkSkillsListed' }>): void => {
    const { id: framework } = streamParts(fact.stream);
    const { version, part, skills } = fact.data;
    const found = levelsOf.get(framework, version) as { levels: string } | undefined;
    const levels = JSON.parse(found?.levels ?? '[]') as Level[];
    for (const [n, { skill, name: called, held }] of skills.entries()) {
      const only = held === true || levels.length === 0;
      const place = part * PLACES + n;
      name.run(framework, version, skill, fact.index, place, called, only ? 1 : 0);
      // Whoever holds a skill at any level holds it: `held` is below the lowest.
      const codes = [HELD, ...(only ? [] : levels.map(({ code }) => code))];
      for (const [rank, level] of codes.entries()) {
        const number = termNumber({ framework, version, skill, level });
        term.run(framework, version, skill, level, number, rank);
      }
    }
  };
  return {
    apply(fact) {
      const { id: framework } = streamParts(fact.stream);
      if (fact.type === 'FrameworkPublished') {
        const { version, name: called, levels, staleAfterMonths = null } = fact.data;
        const from = dayNumber(fact.data.effectiveFrom ?? dayHandedIn(fact));
        const text = JSON.stringify(levels);
        const { skills } = fact.data;
        publish.run(framework, version, fact.index, from, called, text, staleAfterMonths, skills);
      } else if (fact.type === 'FrameworkSkillsListed') list(fact);
      else if (fact.type === 'FrameworkMapped') {
        const { version, part, mappings, levels = [] } = fact.data;
        // Part 1 begins the whole anew.
        if (part === 1) end.run(fact.index, framework, version);
        map.run(framework, version, fact.index, JSON.stringify(mappings), JSON.stringify(levels));
      }
    },
  };
}

/** More than there are skills in one chunk. */
const PLACES = 1_000;
