import { z } from 'zod';
import { SkillAtLevel } from '../events/claim.ts';
import { Topic } from '../events/codes.ts';
import type { AnyFact } from '../events/registry.ts';
import { Code, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { defineCommand, type Load } from './define.ts';
import { type Frameworks, frameworksOf, inFramework } from './framework-state.ts';
import { refuse } from './rejection.ts';

/** What is on offer, as last stated. */
export interface Entry {
  offered:
    | { title: string; kind: string; topics: string[]; skills: z.infer<typeof SkillAtLevel>[] }
    | undefined;
  delisted: boolean;
}

export const catalogue = {
  initial: (): Entry => ({ offered: undefined, delisted: false }),
  evolve(state: Entry, fact: AnyFact): Entry {
    if (fact.type === 'EntryListed' || fact.type === 'EntryChanged') {
      const { title, kind, topics, skills } = fact.data;
      return { offered: { title, kind, topics, skills }, delisted: false };
    }
    return fact.type === 'EntryDelisted' ? { ...state, delisted: true } : state;
  },
};

const body = z.strictObject({
  title: text(limits.shortText),
  organisation: Uuid.optional(),
  kind: Code,
  minutes: z.int().min(1).max(600_000),
  topics: z.array(Topic).max(20).optional(),
  skills: z.array(SkillAtLevel).max(20).optional(),
});

/** Puts something on offer. */
export const listEntry = defineCommand({
  name: 'list-entry',
  category: 'catalogue',
  body,
  context: frameworksOfEntry,
  decide({ body: entry }, state, frameworks) {
    if (state.offered !== undefined) refuse('entry-exists', 'this is in the catalogue already');
    return [{ type: 'EntryListed', data: whole(entry, frameworks) }];
  },
});

/** States an entry anew, as a whole. */
export const changeEntry = defineCommand({
  name: 'change-entry',
  category: 'catalogue',
  body,
  context: frameworksOfEntry,
  decide({ body: entry }, state, frameworks) {
    onOffer(state);
    return [{ type: 'EntryChanged', data: whole(entry, frameworks) }];
  },
});

/** Takes an entry off the catalogue; its sessions stay. */
export const delistEntry = defineCommand({
  name: 'delist-entry',
  category: 'catalogue',
  body: z.strictObject({}),
  decide(_command, state) {
    onOffer(state);
    return [{ type: 'EntryDelisted', data: {} }];
  },
});

/** Refuses an entry that is not on offer. */
export function onOffer(state: Entry): NonNullable<Entry['offered']> {
  const { offered, delisted } = state;
  if (offered === undefined) refuse('entry-unknown', 'there is no such entry in the catalogue');
  if (delisted) refuse('entry-delisted', 'this entry is on offer no longer');
  return offered;
}

function frameworksOfEntry(load: Load, { body: entry }: { body: z.output<typeof body> }) {
  return frameworksOf(load, entry.skills ?? []);
}

function whole(entry: z.output<typeof body>, frameworks: Frameworks) {
  const { topics = [], skills = [] } = entry;
  for (const skill of skills) inFramework(frameworks, skill);
  return { ...entry, topics, skills };
}
