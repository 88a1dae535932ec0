import type { Rulebook } from '../scheme/rulebook.ts';
import { activities } from './activities.ts';

/** Kinds that the scheme of advanced practice knows too. */
const advanced = new Set(['project', 'mentoring', 'presenting', 'article']);

/** Of activities that the scheme of advanced practice does not know. */
const selfDirected: NonNullable<Rulebook['limits']>[number] = {
  name: 'self-directed-third',
  says: 'self-directed learning counts up to a third of the target',
  of: { categories: ['self-directed'] },
  per: 'cycle',
  most: { share: { num: 1, den: 3 }, of: 'target' },
};

/** The rulebooks of the society's two schemes. From its second version on less is given for reading. */
export function rulebookOf(scheme: 'general' | 'advanced', version: 1 | 2): Rulebook {
  const known = activities.filter(({ kind }) => scheme === 'general' || advanced.has(kind));
  const kinds = known.map(({ kind, measure, category, points, accept }) => {
    const per = { amount: measure === 'minute' ? 60 : 100, unit: measure };
    const less = version === 2 && kind === 'reading' ? 40 : points;
    return { kind, category, measure, accept, earns: [{ rate: { points: less, per } }] };
  });
  const most = scheme === 'general' ? 100 : 40;
  const targets = [
    { grade: 'trainee', points: 15 * most },
    { grade: 'member', points: 20 * most },
    { grade: 'chartered', points: 25 * most },
    { grade: 'retired', points: 0 },
  ];
  return {
    format: 2,
    cycle: { months: 12, starts: 'fixed', joining: 'by-month' },
    kinds,
    targets,
    ...(scheme === 'general' ? { limits: [selfDirected] } : {}),
    reliefs: [
      { class: 'class-a', effect: 'by-month', fromMonths: 1 },
      { class: 'class-b', effect: 'by-day' },
      { class: 'class-c', effect: 'by-week', fullTimeMinutes: 2_220 },
      { class: 'class-d', effect: 'exempt' },
    ],
    carry: {
      name: 'carry-five',
      says: 'up to five points go on to the next year',
      of: {},
      most: { points: 5 * most },
    },
  };
}
