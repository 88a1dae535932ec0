import { z } from 'zod';
import { SkillAtLevel } from './claim.ts';
import { defineFact } from './define.ts';
import { Code, storedText, Uuid } from './shapes.ts';

const entry = {
  /** What is on offer is public: its title stands in clear. */
  title: storedText(200),
  /** Who offers it. */
  organisation: Uuid.optional(),
  kind: Code,
  minutes: z.int().min(1).max(600_000),
  topics: z.array(Code).max(20),
  skills: z.array(SkillAtLevel).max(20),
};

export const EntryListed = defineFact({
  type: 'EntryListed',
  category: 'catalogue',
  says: 'Something is on offer: what kind, how long, about what.',
  shape: entry,
});

export const EntryChanged = defineFact({
  type: 'EntryChanged',
  category: 'catalogue',
  says: 'An entry of the catalogue is stated anew as a whole.',
  shape: entry,
});

export const EntryDelisted = defineFact({
  type: 'EntryDelisted',
  category: 'catalogue',
  says: 'An entry is on offer no longer; its sessions stay.',
  shape: {},
});
