import { z } from 'zod';
import { names } from './scalars.ts';

/** Whether an entry is the first about its work, or a repeat of it. */
export const Repeat = z.enum(['first', 'again']);

/** Which entries a rule is about: those that fit all that is named; of everything, where nothing is. */
export const Select = z
  .strictObject({
    kinds: names.optional().describe('entries of one of these kinds'),
    categories: names.optional().describe('in one of these categories'),
    groups: names.optional().describe('in a category of one of these groups'),
    topics: names
      .optional()
      .describe('with at least one of these topics: what a rulebook names here may be claimed'),
    roles: names.optional().describe('in one of these roles'),
    levels: names.optional().describe('at one of these levels'),
    delivery: names.optional().describe('delivered in one of these ways'),
    repeat: Repeat.optional().describe(
      'first, again: whether an earlier approved entry of the member is about the same work',
    ),
  })
  .meta({ description: 'which entries: those that fit all that is named; {} is every entry' });
export type Select = z.infer<typeof Select>;

/** What of an entry decides whether a rule is about it. */
export interface Selectable {
  /** Absent: points that stand outside any claim. */
  kind?: string | undefined;
  category: string;
  topics: readonly string[];
  attributes: {
    role?: string | undefined;
    level?: string | undefined;
    delivery?: string | undefined;
  };
  /** An earlier approved entry of the member is about the same work. */
  again?: boolean | undefined;
}

/** Groups by name: which categories they hold. */
export type Groups = ReadonlyMap<string, ReadonlySet<string>>;

export function selects(select: Select, entry: Selectable, groups: Groups): boolean {
  const { role, level, delivery } = entry.attributes;
  return (
    has(select.kinds, entry.kind) &&
    has(select.categories, entry.category) &&
    (select.groups?.some((group) => groups.get(group)?.has(entry.category)) ?? true) &&
    (select.topics?.some((topic) => entry.topics.includes(topic)) ?? true) &&
    has(select.roles, role) &&
    has(select.levels, level) &&
    has(select.delivery, delivery) &&
    (select.repeat === undefined || (select.repeat === 'again') === (entry.again ?? false))
  );
}

function has(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
