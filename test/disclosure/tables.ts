import fc from 'fast-check';
import { cut } from '../../src/disclosure/cut.ts';
import type { PlainTable, Rule, SafeTable, Said } from '../../src/disclosure/table.ts';
import type { Known } from './attacker.ts';

/** Every place of some dimensions, the last one running fastest. */
export function placesOf(sizes: readonly number[]): string[][] {
  return sizes.reduce<string[][]>(
    (keys, size) => keys.flatMap((key) => Array.from({ length: size }, (_, n) => [...key, `${n}`])),
    [[]],
  );
}

export function tableOf(sizes: readonly number[], counts: readonly number[]): PlainTable {
  const cells = placesOf(sizes).map((key, at) => ({ key, count: counts[at] ?? 0 }));
  return { dims: sizes.map((_, at) => `dim${at}`), apart: 0, cells };
}

/** Rows and columns, cubes, a table of single rows: with places that are empty, small, just large enough and large. */
export const randomTable = fc
  .constantFrom([3], [2, 2], [2, 3], [3, 3], [4, 2], [2, 2, 2], [3, 2, 2], [1, 3], [3, 1])
  .chain((sizes) =>
    fc
      .array(fc.oneof(fc.constant(0), fc.nat(4), fc.nat(9), fc.nat(30)), {
        minLength: placesOf(sizes).length,
        maxLength: placesOf(sizes).length,
      })
      .map((counts) => tableOf(sizes, counts)),
  );

export const randomRule: fc.Arbitrary<Rule> = fc.record({
  smallest: fc.integer({ min: 1, max: 5 }),
  base: fc.constantFrom(1, 2, 3, 5, 10),
});

/** The places, by number, that a total is over; `dims` says which dimension each code of its key is of. */
export function within(
  table: PlainTable,
  key: readonly string[],
  dims: readonly string[] = table.dims,
): number[] {
  const columns = dims.map((dim) => table.dims.indexOf(dim));
  return table.cells.flatMap((cell, at) =>
    key.every((code, n) => cell.key[columns[n] ?? -1] === code) ? [at] : [],
  );
}

export function countOf(table: PlainTable, key: readonly string[]): number {
  return within(table, key).reduce((sum, at) => sum + (table.cells[at]?.count ?? 0), 0);
}

/** All that is said of a table and of every other cut of it: rows, columns, and whatever else can be summed. */
export function knownOf(plain: PlainTable, safe: SafeTable): Known[] {
  const asKnown = ({ key, least, most }: Said, dims?: readonly string[]): Known => ({
    of: within(plain, key, dims),
    least,
    most,
  });
  const cuts = fc.sample(fc.subarray([...plain.dims]), { numRuns: 8, seed: 1 });
  return [
    ...safe.said.map((said) => asKnown(said)),
    ...cuts.flatMap((by) => cut(safe, by).map((said) => asKnown(said, by))),
  ];
}
