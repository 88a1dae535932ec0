import type { TableGiven } from '../commands/release-state.ts';
import { type Look, measured, rootOf } from '../commands/table-cells.ts';
import { stepOf } from '../disclosure/split.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import type { Told } from './about.ts';
import { cutByItsOwn, type Given, type GivenSource, lastGiven, subjectOf } from './given.ts';
import { disclosedBy } from './given-told.ts';

/** What a table of coverage that was given out may be summed by. */
export const givenWholes = ['region', 'type', 'nation'] as const;

interface CoverageGivenQuery {
  release?: string | undefined;
  profile?: string | undefined;
  by: readonly string[];
}

/** Bodies by how they stand, rounded; no figure but `councils` is further off than `within`. */
interface CoverageSum {
  councils: number;
  met: number;
  partly: number;
  notMet: number;
  notKnown: number;
  within: number;
  /** Per cent of those of which it is known that lack something; of a small base withheld. */
  share?: number;
}

interface CoverageGiven {
  given: Given;
  by: readonly string[];
  all: CoverageSum;
  sums: ({ key: string[] } & CoverageSum)[];
  /** Whose figures are of an earlier day, since too few bodies changed. */
  stood: ({ key: string[] } & Look)[];
}

/** Sums of the table of coverage that was given out last. @throws NoSuchTable where there is none, or it is not so cut */
export async function coverageGiven(
  source: GivenSource,
  { release, profile: of, by }: CoverageGivenQuery,
): Promise<CoverageGiven> {
  const given = await lastGiven(source, release, { report: 'coverage', of });
  const { table, profile } = given;
  const { query, asOf } = table.data;
  cutByItsOwn(table, by);
  const columns = by.map((name) => query.by.indexOf(name));
  const groups = new Map<string, TableGiven['cells']>();
  for (const cell of table.cells) {
    const name = JSON.stringify(columns.map((at) => cell.key[at]));
    groups.set(name, [...(groups.get(name) ?? []), cell]);
  }
  return {
    given,
    by,
    all: sumOf(table.cells, profile.smallBase),
    sums: [...groups].map(([name, cells]) => ({
      key: JSON.parse(name),
      ...sumOf(cells, profile.smallBase),
    })),
    stood: table.cells.flatMap((cell) => {
      const look = rootOf(cell)?.look;
      const now = look === undefined || (look.asOf === asOf && look.on === query.on);
      return now ? [] : [{ key: cell.key, ...look }];
    }),
  };
}

const figures = [
  ['councils', 'councils'],
  ['met', 'met'],
  ['partly', 'partly'],
  ['not met', 'notMet'],
  ['not known', 'notKnown'],
  ['within', 'within'],
  ['per cent lacking', 'share'],
] as const;

/** The sums as rows with a heading; the first is of all bodies. */
function coverageGivenRows({ given, by, all, sums }: CoverageGiven): (string | number)[][] {
  const { query, asOf, standing } = given.table.data;
  const heading = [...by, ...figures.map(([title]) => title), 'on', 'as of index', 'standing'];
  const everywhere = { key: by.map(() => 'all'), ...all };
  const rows = (by.length === 0 ? [everywhere] : [everywhere, ...sums]).map((sum) => [
    ...sum.key,
    ...figures.map(([, figure]) => sum[figure] ?? ''),
    query.on,
    asOf,
    standing,
  ]);
  return [heading, ...rows];
}

/** The sums as files of a report. */
export function coverageGivenTold(found: CoverageGiven, question: object): Told {
  const { given, ...report } = found;
  const { query, asOf } = given.table.data;
  return {
    name: 'coverage-released',
    on: query.on,
    asOf,
    question,
    by: { profile: subjectOf(given.table) },
    report,
    sheets: [{ name: 'coverage-released', rows: coverageGivenRows(found) }],
    ...disclosedBy(given),
  };
}

/** Sums of rounded parts: they tell no more than the parts do. */
function sumOf(cells: TableGiven['cells'], smallBase: number): CoverageSum {
  const sum = (measure: string) =>
    cells.reduce((all, cell) => all + (measured(cell, measure) ?? 0), 0);
  const [met = 0, partly = 0, notMet = 0, notKnown = 0] = coverageStates.map(sum);
  const within = cells.reduce((all, cell) => {
    const rule = rootOf(cell)?.rule;
    return all + (rule === undefined ? 0 : stepOf(rule) - 1);
  }, 0);
  const known = met + partly + notMet;
  const share = Math.round((100 * (partly + notMet)) / Math.max(known, 1));
  const base = known >= Math.max(smallBase, 1);
  const councils = sum('councils');
  return { councils, met, partly, notMet, notKnown, within, ...(base ? { share } : {}) };
}
