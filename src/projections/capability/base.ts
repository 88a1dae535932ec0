import type { Moment } from './moments.ts';
import type { Placed } from './placing.ts';
import type { Base } from './table.ts';

type Sums = Pick<Base, 'members' | 'withSkill' | 'heads'>;

/** Counts who was looked at, moment by moment. */
export interface Bases {
  /** One human at the moment of this place. */
  count(moment: number, placed: readonly Placed[], withSkill: boolean): void;
  all(): Base[];
}

export function basesOf(moments: readonly Moment[]): Bases {
  const sums = moments.map(() => ({ all: none(), byType: new Map<string, Sums>() }));
  return {
    count(moment, placed, withSkill) {
      const sum = sums[moment];
      if (sum === undefined) return;
      sum.all.heads += 1;
      const types = new Set<string>();
      for (const { place, people } of placed) {
        let ofType = sum.byType.get(place.type);
        if (ofType === undefined) {
          ofType = none();
          sum.byType.set(place.type, ofType);
        }
        if (!types.has(place.type)) ofType.heads += 1;
        types.add(place.type);
        for (const one of [sum.all, ofType]) {
          one.members += people;
          if (withSkill) one.withSkill += people;
        }
      }
    },
    all: () =>
      moments.map(({ on, month }, n) => ({
        ...(month === '' ? {} : { month }),
        on,
        ...(sums[n]?.all ?? none()),
        byType: [...(sums[n]?.byType ?? [])]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([type, of]) => ({ type, ...of })),
      })),
  };
}

function none(): Sums {
  return { members: 0, withSkill: 0, heads: 0 };
}
