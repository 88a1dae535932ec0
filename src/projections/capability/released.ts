import { cut, type Filter, share } from '../../disclosure/cut.ts';
import { retold } from '../../disclosure/protect.ts';
import type { Rule, SafeTable, Said } from '../../disclosure/table.ts';

/** A skill of a table that was given out: of when, by which rule, and the figures that it showed. */
export interface ReleasedSkill {
  skill: string;
  rule: Rule;
  shown: readonly Said[];
  /** Every place that it had at that look. */
  places: readonly (readonly string[])[];
}

/** A figure as it is shown: with what part it is of everybody who has the skill. */
export interface FigureShown extends Said {
  percent?: { least: number; most: number };
}

/**
 * A cut of a table that was given out, from what it said alone. A percentage is of all who have the skill, and is
 * withheld where these may be fewer than `smallBase`.
 */
export function cutReleased(
  dims: readonly string[],
  skills: readonly ReleasedSkill[],
  by: readonly string[],
  filter: Filter,
  smallBase: number,
): FigureShown[] {
  return skills.flatMap(({ skill, rule, shown, places }) => {
    const table = tableOf(dims, { rule, shown, places });
    const one = { ...filter, skill: [skill] };
    const [whole] = cut(table, ['skill'], { skill: [skill] });
    return cut(table, by, one).map((said) => {
      const percent = whole && share(said, whole, smallBase);
      return { ...said, ...(percent === undefined ? {} : { percent }) };
    });
  });
}

function tableOf(
  dims: readonly string[],
  { rule, shown, places }: Omit<ReleasedSkill, 'skill'>,
): SafeTable {
  const figures = new Map(shown.map((said) => [said.key.join('\n'), said]));
  return retold({ dims, apart: 1, places }, rule, (key) => figures.get(key.join('\n')));
}
