import { releaseAfter, type Stood } from '../disclosure/release.ts';
import type { Count, Rule } from '../disclosure/table.ts';
import type { Release, TableGiven } from './release-state.ts';
import {
  bySkill,
  cellsOf,
  figureOf,
  type Look,
  type Root,
  rootOf,
  whyCells,
} from './table-cells.ts';

type Cell = TableGiven['cells'][number];
type Profile = NonNullable<Release['profile']>['data'];

/** What was counted of a day, as known at an index, with who moved since earlier looks. */
export interface Counted extends Look {
  dims: readonly string[];
  cells: readonly Count[];
  moved: readonly {
    look: Look;
    bySkill: Readonly<Record<string, number>>;
    why: Readonly<Record<string, number>>;
  }[];
}

/** The rule of a profile. A place may be of one body alone, so a body’s smallest counts as much as a cell’s. */
export function ruleOf({ minimumCell, minimumMembers, roundingBase }: Profile): Rule {
  return { smallest: Math.max(minimumCell, minimumMembers), base: roundingBase };
}

/** Every look since which it is to be said who moved: that of the last table, and of figures that went on to stand in it. */
export function looksOf(last: TableGiven | undefined): Look[] {
  if (last === undefined) return [];
  const looks = last.cells.flatMap((cell) => rootOf(cell)?.look ?? []);
  return [...new Map([lookOf(last), ...looks].map((look) => [nameOf(look), look])).values()];
}

function lookOf({ data }: TableGiven): Look {
  return { on: data.query.on, asOf: data.asOf };
}

/** The cells of a table as it may be given out after the last of its series. */
export function tableToRelease(counted: Counted, rule: Rule, last: TableGiven | undefined): Cell[] {
  const { on, asOf, dims } = counted;
  const before = bySkill(last?.cells ?? []);
  // Places of another kind do not stand beside these: of a skill in which too few moved nothing is said then.
  const sameCut = last?.data.query.by.join() === dims.join();
  const rootOfSkill = new Map<string, Root>();
  const stoodOf = ([skill = '']: readonly string[]): Stood | undefined => {
    const cells = before.get(skill) ?? [];
    const root = cells.flatMap((cell) => rootOf(cell) ?? [])[0];
    if (root === undefined) return undefined;
    rootOfSkill.set(skill, { ...root, told: root.told && sameCut });
    const since = counted.moved.find(({ look }) => nameOf(look) === nameOf(root.look));
    const said = sameCut ? cells.flatMap((cell) => figureOf(cell) ?? []) : [];
    return { said, rule: root.rule, moved: since?.bySkill[skill] ?? 0 };
  };
  const trees = releaseAfter({ dims, apart: 1, cells: counted.cells }, rule, stoodOf);
  const why = last === undefined ? [] : whyMoved(counted, rule, last);
  return [
    ...whyCells(why),
    ...trees.flatMap((tree) => {
      const stood = tree.anew ? undefined : rootOfSkill.get(tree.tree[0] ?? '');
      return cellsOf(tree, stood ?? { look: { on, asOf }, told: true });
    }),
  ];
}

/** Why people moved since the last table, of whom more did than may not be spoken of: most first. */
function whyMoved(counted: Counted, { smallest }: Rule, last: TableGiven): string[] {
  const moved = counted.moved.find(({ look }) => nameOf(look) === nameOf(lookOf(last)));
  const many = Object.entries(moved?.why ?? {})
    .filter(([, people]) => people > smallest)
    .sort(([, a], [, b]) => b - a)
    .map(([why]) => why);
  // Of one and the same day nothing happened since: it is known otherwise.
  return counted.on !== last.data.query.on ? many : many.length > 0 ? ['corrected'] : [];
}

function nameOf({ on, asOf }: Look): string {
  return `${on}/${asOf}`;
}
