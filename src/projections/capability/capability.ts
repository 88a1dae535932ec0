import type { Database } from '../../store/driver.ts';
import type { Following, Projection } from '../projection.ts';
import { memberIndexes, memberTables, memberTypes, openMembers } from './members.ts';
import { openSkills, skillTables, skillTypes } from './skills.ts';

/**
 * What reports of capability count: who is a member where and in which grade, and who has which skill at which level;
 * each row from the index at which it was recorded to that at which it was known otherwise, and from the day on which
 * it is true to that on which it ends (docs/adr/0018). Rows of a member follow from that member's stream alone.
 */
export const capability: Projection = {
  name: 'capability',
  version: 1,
  tables: [...memberTables, ...skillTables],
  indexes: memberIndexes,
  types: [...memberTypes, ...skillTypes],
  on: follow,
};

function follow(database: Database): Following {
  const members = openMembers(database);
  const skills = openSkills(database, members);
  return {
    apply(fact) {
      members.apply(fact);
      skills.apply(fact);
    },
    retract(fact, facts) {
      members.retract(fact, facts);
      skills.retract(fact, facts);
    },
    flush() {
      skills.flush();
      members.flush();
    },
  };
}
