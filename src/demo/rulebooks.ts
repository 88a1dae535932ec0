import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { AuthoredRulebook, type Rulebook } from '../scheme/rulebook.ts';

/** The society's own rules, as the repository has them: what its general scheme goes by. */
const society = AuthoredRulebook.parse(
  parse(readFileSync(new URL('../../../rulebooks/society.yaml', import.meta.url), 'utf8')),
);

/** The years before nothing was carried on. */
const { carry: _carry, ...before } = society;

/** Kinds that the scheme of advanced practice knows, too: the same hours count in both. */
const advanced = new Set(['conference', 'mentoring', 'secondment']);

/** Rules of the second scheme: less is asked, of fewer kinds; who takes leave, works less or retires is asked less. */
const practice: Rulebook = {
  format: 2,
  title: 'Advanced practice',
  cycle: { months: 12, starts: 'fixed', joining: 'by-month' },
  kinds: society.kinds.filter(({ kind }) => advanced.has(kind)),
  targets: [{ grade: 'full', points: 800 }],
  reliefs: [
    { class: 'class-a', effect: 'by-month', fromMonths: 1 },
    { class: 'class-b', effect: 'by-day' },
    { class: 'class-c', effect: 'by-week', fullTimeMinutes: 2_220 },
    { class: 'class-d', effect: 'exempt' },
  ],
};

/**
 * The rulebooks of the society's two schemes, in two versions. The second of advanced practice asks for more, and may
 * be adopted early.
 *
 * @param from a day from which it may be
 */
export function rulebookOf(
  scheme: 'general' | 'advanced',
  version: 1 | 2,
  from?: string,
): Rulebook {
  if (scheme === 'general') return version === 1 ? before : society;
  if (version === 1) return practice;
  const early = from === undefined ? {} : { early: { from } };
  return { ...practice, targets: [{ grade: 'full', points: 1_000 }], ...early };
}
