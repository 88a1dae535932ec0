import type { Field } from './columns.ts';
import type { Notice } from './problem.ts';
import type { Row } from './row.ts';

/** Where leading zeros look lost: columns of digits in which some values are shorter than most. */
export function lostZeros(fields: readonly Field[], rows: readonly Row[]): Notice[] {
  return fields.flatMap(({ name, digits }) => {
    if (digits === undefined) return [];
    const values = rows
      .map((row) => ({ line: row.line, value: row.text(name) ?? '' }))
      .filter(({ value }) => /^\d+$/.test(value));
    const width = values.reduce((most, { value }) => Math.max(most, value.length), 0);
    const short = values.filter(({ value }) => value.length < width);
    const first = short[0];
    if (first === undefined || short.length * 2 > values.length) return [];
    const says = `${name}: ${short.length} of ${values.length} have fewer than ${width} digits, "${first.value}" first; where a spreadsheet took leading zeros away, --digits ${name}=${width} puts them back`;
    return [{ line: first.line, says }];
  });
}
