import type { CivilDate } from '../../scheme/civil-date.ts';
import type { StandingSource } from '../standing-walk.ts';
import { askedOf, type CapabilityQuery } from './asked.ts';
import { basesOf } from './base.ts';
import { counterOf } from './count.ts';
import { inOrder } from './dimensions.ts';
import { holdingsIn } from './holdings.ts';
import { humans } from './humans.ts';
import type { CouncilTime } from './moments.ts';
import { placedAt } from './placing.ts';
import type { Base, Cell, Table } from './table.ts';
import type { FrameworkTold } from './terms.ts';

export interface CapabilityReport extends Table {
  on: CivilDate;
  /** Facts with a lower index were looked at. */
  asOf: number;
  councils: CouncilTime;
  frameworks: FrameworkTold[];
  bases: Base[];
  /** The trend over those alone who were there in every month of it; absent where it is not cut by month. */
  constant?: Constant;
  /** Credits met that the versions told have no place for: of skills that were retired since. */
  outside: number;
}

/** A trend that no coming and going moves. */
export interface Constant {
  /** How many persons. */
  heads: number;
  /** As the report's, in the order of the same dimensions. */
  cells: Cell[];
}

/** Who can do what, in figures. @throws RangeError when the time of `asOf` is no instant */
export async function capabilityReport(
  source: StandingSource,
  query: CapabilityQuery,
): Promise<CapabilityReport> {
  const asked = await askedOf(source, query);
  const { end, terms, moments } = asked;
  const cells = counterOf(terms, query.by);
  const trend = query.by.includes('month');
  const totals = counterOf(terms, trend ? ['month'] : []);
  const constant = counterOf(terms, query.by);
  let constantHeads = 0;
  const bases = basesOf(moments);
  const holdings = holdingsIn(terms);
  for await (const human of humans(source, asked.walking)) {
    const places = moments.map((moment) => placedAt(human, moment).filter(asked.here));
    const always = trend && places.every((placed) => placed.length > 0);
    if (always) constantHeads += 1;
    for (const [n, moment] of moments.entries()) {
      const placed = places[n] ?? [];
      if (placed.length === 0) continue;
      const all = holdings.on(human, moment.day, moment.staleBy);
      bases.count(n, placed, all.length > 0);
      const wanted = all.filter(asked.wanted);
      cells.count(moment.month, wanted, placed);
      totals.count(moment.month, wanted, placed);
      if (always) constant.count(moment.month, wanted, placed);
    }
  }
  const { on, councils, by } = query;
  return {
    on,
    asOf: end,
    councils,
    frameworks: terms.frameworks,
    ...inOrder(by, cells.cells(), asked),
    totals: totals.cells().sort((a, b) => ((a.key[0] ?? '') < (b.key[0] ?? '') ? -1 : 1)),
    bases: bases.all(),
    ...(trend
      ? { constant: { heads: constantHeads, cells: inOrder(by, constant.cells(), asked).cells } }
      : {}),
    outside: holdings.outside(),
  };
}
