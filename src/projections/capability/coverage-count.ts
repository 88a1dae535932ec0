import type { StandingSource } from '../standing-walk.ts';
import type { Asked } from './asked.ts';
import { type Holding, holdingsIn } from './holdings.ts';
import { type Human, humans } from './humans.ts';
import { standsTo, type Way } from './needs.ts';
import type { Body } from './places.ts';
import { type Placed, placedAt } from './placing.ts';

/** Members of a body, and for each need and way how many are enough for it, or known lately. */
export interface Tally {
  heads: number;
  enough: number[][];
  known: number[][];
}

/** Somebody who is enough for a way to meet a need, at one of the bodies or several. */
export interface Enough {
  human: Human;
  placed: readonly Placed[];
  /** Places of the need, and of the way. */
  need: number;
  way: number;
}

/** Counts everybody once at each body where they are; `tell` hears of each who is enough for a way. */
export async function counted(
  source: StandingSource,
  asked: Asked,
  ways: readonly Way[][],
  bodies: readonly Body[],
  tell?: (enough: Enough) => void,
): Promise<Map<string, Tally>> {
  const none = () => ways.map((need) => need.map(() => 0));
  const tallies = new Map<string, Tally>();
  for (const { organisation } of bodies) {
    tallies.set(organisation, { heads: 0, enough: none(), known: none() });
  }
  const [moment] = asked.moments;
  if (moment === undefined) return tallies;
  const reader = holdingsIn(asked.terms);
  const limits = [...new Set(ways.flat().map(({ staleBy }) => staleBy))];
  for await (const human of humans(source, asked.walking)) {
    const placed = placedAt(human, moment);
    const councils = new Set(placed.map(({ place }) => place.council));
    const at = [...councils].flatMap((council) => tallies.get(council) ?? []);
    if (at.length === 0) continue;
    const had = new Map(
      limits.map((limit) => {
        const holdings = reader.on(
          human,
          moment.day,
          asked.terms.frameworks.map(() => limit),
        );
        return [limit, new Map(holdings.map((one): [number, Holding] => [one.skill, one]))];
      }),
    );
    for (const tally of at) tally.heads += 1;
    for (const [n, need] of ways.entries()) {
      for (const [w, way] of need.entries()) {
        const stands = standsTo(way, had.get(way.staleBy) ?? new Map());
        if (stands === undefined) continue;
        if (stands === 'enough') tell?.({ human, placed, need: n, way: w });
        for (const { enough, known } of at) {
          (known[n] as number[])[w] = (known[n]?.[w] ?? 0) + 1;
          if (stands === 'enough') (enough[n] as number[])[w] = (enough[n]?.[w] ?? 0) + 1;
        }
      }
    }
  }
  return tallies;
}
