import { ownUse, type TableTold } from './views-told.ts';

const known = {
  recorded_from: 'index of the fact by which it was known',
  recorded_until: 'index of the fact by which it was known no longer; absent: it still is',
};
const holds = {
  effective_from: 'first day on which it is true',
  effective_until: 'first day on which it is true no longer; absent: no end is known',
};
const ofFramework = { framework: 'id of the framework', version: 'of the framework' };
const at = 'index of the fact';

/** Tables of the reports of capability and coverage (docs/adr/0018-capability-rows.md). */
export const capabilityTables: Readonly<Record<string, TableTold>> = {
  capability_people: {
    says: 'Members by the number under which they stand in the other rows.',
    columns: {
      person: 'id of the member',
      member: 'their number: the index of the first fact that spoke of membership or skill',
      said: 'for the ledger’s own use (JSON): what facts said of membership and employment',
    },
  },
  capability_posts: {
    says: 'Where members count, on which days. The parts of one member sum to 100 on every day of membership.',
    columns: {
      member: 'number of the member (`capability_people`)',
      ...known,
      ...holds,
      grade: 'of the member',
      organisation: 'id of the employer; empty: employed nowhere',
      people: 'the part of them that counts here, in hundredths of a person',
    },
  },
  capability_skills: {
    says: 'Skills at levels, as credited: current from `effective_from` until they go stale or end.',
    columns: {
      member: 'number of the member (`capability_people`)',
      credit: 'index of the fact that credited it first',
      place: 'which credit of that fact it is, from 0',
      ...known,
      ...holds,
      valid_until: 'from this day on it is stale whatever else is said; absent: nothing is said',
      term: 'number of the skill at a level (`capability_terms`)',
      source: 'who saw it: self, peer, manager, external, recognition, or an approved claim',
      fact: 'index of the fact that says so now: the credit, or a reassessment',
    },
  },
  capability_organisations: {
    says: 'Bodies as they were, on which days.',
    columns: {
      organisation: 'id of the body',
      ...known,
      ...holds,
      name: 'of the body',
      type: 'of body',
      region: 'by its code',
      nation: 'by its code',
      state: '`there`, `ended` or `succeeded`',
      successors: 'ids of those that took its place (JSON)',
    },
  },
  capability_declarations: {
    says: 'What bodies say of themselves; evidence stands in `capability_skills`.',
    columns: {
      organisation: 'id of the body',
      declaration: 'id of the declaration',
      at: 'index of the fact',
      ...ofFramework,
      skill: 'id of the skill',
      level: 'code of the level; absent: none was said',
      headcount: 'people who have it',
      of: 'people who were looked at',
      as_of: 'day for which it is said',
      by: 'id of the person who said it',
      withdrawn_at: 'index of the fact that withdrew it; absent: it stands',
      withdrawn_from: 'day from which it is withdrawn',
    },
  },
  capability_frameworks: {
    says: 'Versions of frameworks of skills.',
    columns: {
      ...ofFramework,
      at: 'index of the fact that published it',
      effective_from: 'first day on which it is in force',
      name: 'of the framework',
      levels: 'in order, from the lowest (JSON)',
      stale_after_months: 'months after which a skill is stale; absent: never',
      skills: 'how many skills it announces',
    },
  },
  capability_named_skills: {
    says: 'Skills of a version of a framework.',
    columns: {
      ...ofFramework,
      skill: 'id of the skill: the same in the next version where it is the same skill',
      at: 'index of the fact that listed it',
      place: 'in the order of the framework',
      name: 'of the skill',
      held: '1: it has no levels, one has it or not',
    },
  },
  capability_terms: {
    says: 'Skills at levels by their number.',
    columns: {
      ...ofFramework,
      skill: 'id of the skill',
      level: 'code of the level, or `held`',
      term: 'the number: 48 bits of a hash of the four columns before it',
      rank: 'of the level, from the lowest; 0 is `held`',
    },
  },
  capability_mappings: {
    says: 'How skills of the version before stand in this one.',
    columns: {
      ...ofFramework,
      at,
      until: 'index at which another mapping took its place; absent: it stands',
      mappings: 'from each skill to its successors, or none (JSON)',
      levels: 'from each level to its successor (JSON)',
    },
  },
  capability_profiles: {
    says: 'Versions of capability profiles: what a body needs.',
    columns: {
      profile: 'id of the profile',
      version: 'of the profile',
      at,
      name: 'of the profile',
      needs: 'each with its alternatives (JSON; [facts](facts.md#profilepublished))',
      types: 'of bodies for which it is meant (JSON; empty: all)',
    },
  },
  capability_profile_ends: {
    says: 'Profiles that were retired.',
    columns: {
      profile: 'id of the profile',
      at,
      until: 'first day on which it is in force no longer',
    },
  },
  support_entries: {
    says: 'What is on offer, as it was listed.',
    columns: {
      entry: 'id of the entry of the catalogue',
      ...known,
      said: 'what was listed (JSON; [facts](facts.md#entrylisted))',
    },
  },
  support_sessions: {
    says: 'Dated runs of what is on offer.',
    columns: {
      session: 'id of the session',
      entry: 'id of the entry',
      ...known,
      effective_from: 'first day',
      effective_until: 'day after the last',
    },
  },
  support_neighbours: {
    says: 'Which regions border on which; the last row is in force.',
    columns: { at, regions: 'each with its neighbours (JSON)' },
  },
  support_contacts: {
    says: 'Whose contact is shared with whom, as known now.',
    columns: {
      person: 'id of the member',
      sharing: 'id of the sharing',
      shared_with: 'id of the organisation or person',
      effective_from: 'first day',
      effective_until: 'first day on which it is shared no longer; absent: no end is known',
    },
  },
  capability_bodies: {
    says: `${ownUse} what facts said of a body.`,
    columns: { organisation: 'id of the body', said: 'of no lasting form' },
  },
  capability_credits: {
    says: `${ownUse} which credit a later fact means.`,
    columns: {
      member: 'number of the member',
      id: 'of the credit or approval',
      credit: 'index of the fact that credited it',
      of: 'what was credited (JSON)',
    },
  },
};
