import type { Rulebook } from './rulebook.ts';
import { selectsOf } from './rulebook-selects.ts';

/** Kinds of codes by which people describe what they did. */
export const codeFields = ['roles', 'levels', 'delivery', 'topics'] as const;
export type CodeField = (typeof codeFields)[number];

/** The codes of a field that a rulebook asks about, and so lets people enter. */
export function codesNamedBy(book: Rulebook, field: CodeField): Set<string> {
  const inRates = book.kinds.flatMap(({ earns }) =>
    earns.flatMap(({ when }) => when?.[field] ?? []),
  );
  const inRules = selectsOf(book).flatMap(([, select]) => select[field] ?? []);
  return new Set([...inRates, ...inRules]);
}
