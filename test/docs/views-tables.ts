import { capabilityTables } from './views-capability.ts';
import { ownUse, type TableTold } from './views-told.ts';

/** Every table of `views.db`: a test compares it with those that are made. */
export const viewsTables: Readonly<Record<string, TableTold>> = {
  checkpoint: {
    says: 'How far the rows have come: one row. Name its `count` with every figure taken from here.',
    columns: {
      one: 'always 1',
      count: 'facts read: every fact with a lower index is in the rows',
      position: 'the store’s own coordinate of the last one; opaque',
      leaf: 'its leaf hash (hex), by which a restored ledger is told from another',
    },
  },
  projections: {
    says: 'The read models that the file holds.',
    columns: {
      name: 'of the read model',
      version: 'raised whenever the same facts would give other rows',
      tables: 'the statements that made its tables',
    },
  },
  balances: {
    says: 'Points awarded. Nothing is weighed: what counts is said by a statement or the report of standing.',
    columns: {
      person: 'id under which the points stand',
      scheme: 'id of the scheme',
      cycle: 'its cycle, by its first year or day',
      category: 'of points',
      member: 'whose balance it is: `person`, or the id that absorbed it',
      points: 'in hundredths',
    },
  },
  queue: {
    says: 'Claims with lines that wait for a decision.',
    columns: {
      claim: 'id of the claim',
      waiting: 'lines that wait',
      submitted_on: 'day on which it was handed in last',
      member: 'id of the claimant',
      assignee: 'assessor to whom it is assigned; absent: nobody',
      kinds: 'of the lines that wait, each once (JSON)',
    },
  },
  decisions: {
    says: 'Decisions, a row for each person who took part.',
    columns: {
      member: 'id of the member whom it is about',
      at: 'index of the fact',
      person: 'id of who decided',
      said: 'what is told of it (JSON: `kind`, `claim`, `decidedOn`, `capacity`, `lines`, ...)',
    },
  },
  evidence: {
    says: 'Evidence that was attached and whose key is not erased.',
    columns: {
      person: 'id under whose stream it stands',
      evidence: 'its id',
      claim: 'id of the claim to which it was attached',
      kid: 'id of its key',
      file: '1: a file; 0: a link',
    },
  },
  evidence_kept_back: {
    says: `${ownUse} what keeps evidence from being disposed of.`,
    columns: {
      person: 'id under whose stream it stands',
      kept_by: 'id of a hold, or of the fact that opened a review or an appeal',
      claim: 'id of the claim that it is about; absent: everything of the person',
    },
  },
  registered: {
    says: 'Things with a stream of their own: organisations, schemes, the catalogue, sessions, frameworks, profiles.',
    columns: {
      register: 'which of these',
      id: 'of the thing',
      at: 'index of the fact that began it',
      data: 'the last word on each of its fields (JSON; [facts](facts.md))',
      words: 'names and codes in lower case, a line each, to be searched',
    },
  },
  standing_facts: {
    says: 'What the report of standing weighs: of each fact of a member the part that a statement reads.',
    columns: {
      person: 'id under whose stream the fact stands',
      claim: 'id of the claim that it is about; empty where it is about none',
      at: 'index of the fact',
      until: 'index at which it was retracted; absent: it was not',
      fact: 'the part that is read (JSON)',
    },
  },
  standing_claims: {
    says: `${ownUse} what each claim comes to by now, from its first approval on.`,
    columns: {
      person: 'id under whose stream its facts stand',
      claim: 'id of the claim',
      changed: 'index of the last fact that changed it',
      now: 'of no lasting form; absent: nothing',
    },
  },
  standing_members: {
    says: 'Who was ever in a scheme.',
    columns: {
      scheme: 'id of the scheme',
      person: 'id of the member',
      at: 'index of the fact by which they joined',
      until: 'index at which that was retracted; absent: it was not',
    },
  },
  standing_mergers: {
    says: 'Ids that were found to be one person’s.',
    columns: {
      survivor: 'id that goes on',
      duplicate: 'id that it absorbed',
      at: 'index of the fact',
      until: 'index at which that was retracted; absent: it was not',
    },
  },
  ...capabilityTables,
  claims: {
    says: `${ownUse} what balances and queue remember of a claim.`,
    columns: {
      member: 'id of the claimant',
      claim: 'id of the claim',
      kept: 'of no lasting form',
    },
  },
  absorptions: {
    says: `${ownUse} as \`standing_mergers\`, for balances.`,
    columns: {
      event: 'id of the fact',
      at: 'its index',
      survivor: 'id that goes on',
      duplicate: 'id that it absorbed',
    },
  },
};
