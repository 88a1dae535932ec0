import { z } from 'zod';
import { limits } from '../limits.ts';

/** A page is asked for by the cursor of the one before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number<string>().int().min(1).max(limits.pageMost).default(limits.pageDefault),
  cursor: z.string().min(1).max(500).optional(),
});

/** A page of items: `next` is the cursor of the next one, absent on the last. */
export function cursorPage<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
