import type { Param } from '../store/driver.ts';
import { BadCursor, type Page, type PageRequest } from './views.ts';

/**
 * The place that a cursor names: the sort key of the last item given, as it was made by `pageOf`.
 *
 * @throws BadCursor when this is no cursor of a page with such a key
 */
export function placeOf(
  cursor: string | undefined,
  key: readonly ('string' | 'number')[],
): Param[] | undefined {
  if (cursor === undefined) return undefined;
  const place = parsed(cursor);
  const fits =
    Array.isArray(place) &&
    place.length === key.length &&
    place.every((part, n) => typeof part === key[n]);
  if (!fits) throw new BadCursor('this is no cursor of such a page');
  return place as Param[];
}

/** A page of rows of which one more than asked for was read, so that the last page is known. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  keyOf: (row: Row) => Param[],
  itemOf: (row: Row) => Item,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  const next = more ? { next: Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') } : {};
  return { items: items.map(itemOf), ...next };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
