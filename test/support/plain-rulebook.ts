import type { Rulebook } from '../../src/scheme/rulebook.ts';
import type { Kind } from '../../src/scheme/rules/kind.ts';

/** A kind of so many hundredths of a point for an hour, or for one of another measure. */
export function plainKind(
  kind: string,
  {
    category,
    points,
    measure = 'minute',
    accept = 'approval',
  }: Pick<Kind, 'category'> & Partial<Pick<Kind, 'measure' | 'accept'>> & { points: number },
): Kind {
  const per = { amount: measure === 'minute' ? 60 : 100, unit: measure };
  return { kind, category, measure, accept, earns: [{ rate: { points, per } }] };
}

/** A calendar year without limits, carry or reliefs. */
export function plainRulebook(kinds: Kind[], targets: Rulebook['targets']): Rulebook {
  return { format: 2, cycle: { months: 12, starts: 'fixed' }, kinds, targets };
}
