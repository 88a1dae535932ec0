import type { TableGiven } from './release-state.ts';
import { figureOf, rootOf, whyOf } from './table-cells.ts';

interface Bounds {
  least: number;
  most: number;
}

/** What changed from one table to the next of its series, as far as it may be said. */
export interface Changes {
  /** Skills whose figures are new, and those whose earlier figures go on to stand. */
  anew: string[];
  stood: string[];
  figures: { key: readonly string[]; before?: Bounds; now?: Bounds }[];
  /** Why people moved, of whom more did than may not be spoken of: most first, without numbers. */
  why: string[];
}

/** What changed in a table since the one before it in its series, by their cells. */
export function changesIn({ data, cells, before = [] }: TableGiven): Changes {
  const [then, now] = [before, cells].map(
    (some) => new Map(some.map((cell) => [cell.key.join('/'), figureOf(cell)])),
  );
  const figures: Changes['figures'] = [];
  for (const name of new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [was, is] = [then?.get(name), now?.get(name)];
    const key = was?.key ?? is?.key;
    if (key === undefined || (was?.least === is?.least && was?.most === is?.most)) continue;
    figures.push({ key, ...(was && { before: boundsOf(was) }), ...(is && { now: boundsOf(is) }) });
  }
  const roots = cells.flatMap((cell) => {
    const { look } = rootOf(cell) ?? {};
    const isNew = look?.asOf === data.asOf && look.on === data.query.on;
    return look === undefined ? [] : [{ skill: cell.key[0] ?? '', isNew }];
  });
  const skills = (isNew: boolean) =>
    roots.filter((root) => root.isNew === isNew).map(({ skill }) => skill);
  return { anew: skills(true), stood: skills(false), figures, why: whyOf(cells) };
}

function boundsOf({ least, most }: Bounds): Bounds {
  return { least, most };
}
