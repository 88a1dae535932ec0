import { z } from 'zod';
import { limits } from '../limits.ts';
import type { Register, Registered } from '../projections/views.ts';
import { type Row, read } from './operation.ts';
import { cursorPage, PageQuery } from './paging.ts';
import { Problem } from './problem.ts';

const RegisteredShown = z.object({
  id: z.uuid(),
  index: z.int().describe('index of the fact that began it'),
  data: z.record(z.string(), z.unknown()).describe('what its facts say by now'),
});

/**
 * List and one of the things of a register that everybody signed in may see.
 *
 * @param long a list in what facts say that is told of one thing alone: a list of things has its length
 */
export function registerReads(
  register: Register,
  path: string,
  what: string,
  long?: { field: string; count: string },
): Row[] {
  const without = long === undefined ? '' : `, without their ${long.field}`;
  return [
    read({
      id: `list-${register}`,
      path,
      summary: `The ${what}, in the order in which they were entered${without}.`,
      may: ['signed-in'],
      query: PageQuery.extend({ text: z.string().min(1).max(limits.shortText).optional() }),
      output: cursorPage(RegisteredShown),
      async run({ views }, { query: { text, ...page } }) {
        const filter = text === undefined ? { register } : { register, text };
        const { items, ...rest } = await views.registered(filter, page);
        const brief = long === undefined ? items : items.map((item) => shortened(item, long));
        return { body: { ...rest, items: brief } };
      },
    }),
    read({
      id: `show-${register}`,
      path: `${path}/{${register}}`,
      summary: `One of the ${what}, as its facts say by now.`,
      may: ['signed-in'],
      output: RegisteredShown,
      async run({ views }, { path: ids }) {
        const filter = { register, id: ids[register] ?? '' };
        const found = (await views.registered(filter, { limit: 1 })).items[0];
        if (found === undefined)
          throw new Problem(404, 'not-found', `there is no such ${register}`);
        return { body: found };
      },
    }),
  ];
}

function shortened(
  { data: { ...data }, ...item }: Registered,
  { field, count }: { field: string; count: string },
): Registered {
  const many = data[field];
  delete data[field];
  return { ...item, data: { ...data, [count]: Array.isArray(many) ? many.length : 0 } };
}
