import { z } from 'zod';
import type { TableGiven } from '../commands/release-state.ts';
import { measured, rootOf } from '../commands/table-cells.ts';
import { stepOf } from '../disclosure/split.ts';
import { Uuid } from '../events/shapes.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import { type Operation, read, under } from './operation.ts';
import { Problem } from './problem.ts';
import { lastGiven } from './released.ts';

const places = ['region', 'type', 'nation'] as const;

const sums = {
  councils: z.int().describe('how many there are, as everybody may know'),
  met: z.int(),
  partly: z.int(),
  notMet: z.int(),
  notKnown: z.int(),
  within: z.int().describe('no figure but `councils` is further off than that'),
  share: z
    .int()
    .optional()
    .describe(
      'per cent of those of which it is known that lack something; of a small base withheld',
    ),
};

export const releasedCoverageOperations: readonly Operation[] = under('releases', [
  read({
    id: 'released-coverage',
    path: '/v1/reports/coverage/released',
    summary:
      'How many bodies have what a profile says that they need, as it was last given out: rounded, so that it tells of none of them.',
    may: ['signed-in'],
    query: z.strictObject({
      release: Uuid.optional().describe('the disclosure profile; absent: the only one'),
      profile: Uuid.optional().describe('absent: the only one of which a table was given out'),
      by: z
        .string()
        .default('')
        .transform((text) => text.split(',').filter(Boolean))
        .pipe(z.array(z.enum(places)))
        .describe('any of the dimensions of the table, with commas between'),
    }),
    output: z.object({
      release: z.uuid(),
      table: z.uuid(),
      profile: z.uuid(),
      standing: z.enum(['provisional', 'final']),
      on: z.string(),
      asOf: z.int(),
      all: z.object(sums),
      sums: z.array(z.object({ key: z.array(z.string()), ...sums })),
      stood: z
        .array(z.object({ key: z.array(z.string()), on: z.string(), asOf: z.int() }))
        .describe('whose figures are of an earlier day, since too few bodies changed'),
    }),
    async run(services, { query: { release, profile, by } }) {
      const wanted = { report: 'coverage', of: profile };
      const { id, given, smallBase } = await lastGiven(services, release, wanted);
      const { query, releaseId, standing, asOf } = given.data;
      const columns = by.map((name) => query.by.indexOf(name));
      if (columns.includes(-1)) {
        throw new Problem(400, 'input-wrong', `this table is by ${query.by.join(', ')}`);
      }
      const groups = new Map<string, TableGiven['cells']>();
      for (const cell of given.cells) {
        const name = JSON.stringify(columns.map((at) => cell.key[at]));
        groups.set(name, [...(groups.get(name) ?? []), cell]);
      }
      const body = {
        release: id,
        table: releaseId,
        profile: query.filters[0]?.values[0] ?? '',
        standing,
        on: query.on,
        asOf,
        all: sumOf(given.cells, smallBase),
        sums: [...groups].map(([name, cells]) => ({
          key: JSON.parse(name),
          ...sumOf(cells, smallBase),
        })),
        stood: given.cells.flatMap((cell) => {
          const look = rootOf(cell)?.look;
          const now = look === undefined || (look.asOf === asOf && look.on === query.on);
          return now ? [] : [{ key: cell.key, ...look }];
        }),
      };
      return { body };
    },
  }),
]);

/** Sums of rounded parts: they tell no more than the parts do. */
function sumOf(cells: TableGiven['cells'], smallBase: number) {
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
