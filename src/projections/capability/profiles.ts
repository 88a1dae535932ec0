import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Database } from '../../store/driver.ts';
import type { Following } from '../projection.ts';
import { dayNumber } from './days.ts';

export const profileTables: readonly string[] = [
  `CREATE TABLE capability_profiles (
    profile TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    needs TEXT NOT NULL,
    types TEXT NOT NULL,
    PRIMARY KEY (profile, version)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_profile_ends (
    profile TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (profile, at)
  ) STRICT, WITHOUT ROWID`,
];

export const profileTypes = [
  'ProfilePublished',
  'ProfileRetired',
] as const satisfies readonly AnyFact['type'][];

export function openProfiles(database: Database): Pick<Following, 'apply'> {
  const publish = database.prepare('INSERT INTO capability_profiles VALUES (?, ?, ?, ?, ?, ?)');
  const retire = database.prepare('INSERT INTO capability_profile_ends VALUES (?, ?, ?)');
  return {
    apply(fact) {
      const { id: profile } = streamParts(fact.stream);
      if (fact.type === 'ProfilePublished') {
        const { version, name, needs, types = [] } = fact.data;
        const texts = [JSON.stringify(needs), JSON.stringify(types)] as const;
        publish.run(profile, version, fact.index, name, ...texts);
      } else if (fact.type === 'ProfileRetired') {
        retire.run(profile, fact.index, dayNumber(fact.data.until));
      }
    },
  };
}
