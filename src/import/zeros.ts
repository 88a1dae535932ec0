import type { Field } from './columns.ts';
import type { Notice } from './problem.ts';
import type { Row } from './row.ts';

/** Numbers of fewer digits than this are counted rather than padded: 9 and 10 need no zeros. */
const LIKELY_PADDED = 4;

/** Where leading zeros look lost: columns of digits in which some values are shorter than the longest. */
export function lostZeros(fields: readonly Field[], rows: readonly Row[]): Notice[] {
  return fields.flatMap(({ name, digits }) => {
    if (digits === undefined) return [];
    const values = rows
      .map((row) => ({ line: row.line, value: row.text(name) ?? '' }))
      .filter(({ value }) => /^\d+$/.test(value));
    const width = values.reduce((most, { value }) => Math.max(most, value.length), 0);
    const short = values.filter(({ value }) => value.length < width);
    const first = short[0];
    if (first === undefined || width < LIKELY_PADDED) return [];
    const says = `${name}: ${short.length} of ${values.length} have fewer than ${width} digits, "${first.value}" first; where a spreadsheet took leading zeros away, --digits ${name}=${width} puts them back`;
    return [{ line: first.line, says }];
  });
}
