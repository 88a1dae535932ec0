import type { Database } from '../../store/driver.ts';
import type { Following, Projection } from '../projection.ts';
import { frameworkTables, frameworkTypes, openFrameworks } from './frameworks.ts';
import { openOrganisations, organisationTables, organisationTypes } from './organisations.ts';
import { openProfiles, profileTables, profileTypes } from './profiles.ts';

/**
 * What capability is counted by: bodies as they were from day to day and what they declare, frameworks and how one
 * version became the next, profiles. Few rows, about no person.
 */
export const capabilitySociety: Projection = {
  name: 'capability-society',
  version: 1,
  tables: [...organisationTables, ...frameworkTables, ...profileTables],
  indexes: [],
  types: [...organisationTypes, ...frameworkTypes, ...profileTypes],
  on: follow,
};

function follow(database: Database): Following {
  const parts = [openOrganisations(database), openFrameworks(database), openProfiles(database)];
  return {
    apply(fact) {
      for (const part of parts) part.apply(fact);
    },
    // Only facts of members are retracted.
    retract() {},
    flush() {},
  };
}
