import type { Rulebook } from '../scheme/rulebook.ts';
import { activities } from './activities.ts';

/** Kinds that the scheme of advanced practice knows too. */
const advanced = new Set(['project', 'mentoring', 'presenting', 'article']);

/** The rulebooks of the society's two schemes. From its second version on less is given for reading. */
export function rulebookOf(scheme: 'general' | 'advanced', version: 1 | 2): Rulebook {
  const known = activities.filter(({ kind }) => scheme === 'general' || advanced.has(kind));
  const kinds = known.map(({ kind, unit, category, pointsPerUnit, counts }) => ({
    kind,
    unit,
    category,
    pointsPerUnit: version === 2 && kind === 'reading' ? 40 : pointsPerUnit,
    counts,
  }));
  const most = scheme === 'general' ? 100 : 40;
  const targets = [
    { grade: 'trainee', points: 15 * most },
    { grade: 'member', points: 20 * most },
    { grade: 'chartered', points: 25 * most },
    { grade: 'retired', points: 0 },
  ];
  return { cycle: 'calendar-year', kinds, targets };
}
