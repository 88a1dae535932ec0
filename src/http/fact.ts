import { z } from 'zod';
import { limits } from '../limits.ts';
import { leafHash } from '../proofs/leaf.ts';
import type { StoredEvent } from '../store/event-store.ts';
import { type Operation, read, under } from './operation.ts';

const FactShown = z.object({
  id: z.uuid(),
  stream: z.string(),
  revision: z.string(),
  index: z.int(),
  type: z.string(),
  data: z.unknown().describe('as stored: text sealed, nothing upcast'),
  metadata: z.unknown(),
  leaf: z.string().describe('SHA-256 (hex) over 0x00 and the canonical envelope'),
});

export const factOperations: readonly Operation[] = under('facts', [
  read({
    id: 'list-facts',
    path: '/v1/facts',
    summary: 'The ledger itself, in order, as stored: for whoever checks or counts on their own.',
    may: ['auditor', 'admin'],
    query: z.strictObject({
      since: z.coerce.number<string>().int().min(0).default(0).describe('the first index wanted'),
      limit: z.coerce
        .number<string>()
        .int()
        .min(1)
        .max(limits.pageMost)
        .default(limits.pageDefault),
    }),
    output: z.object({
      items: z.array(FactShown),
      next: z.int().optional().describe('`since` of the next page'),
      count: z.int().describe('facts in the ledger'),
    }),
    limit: 'heavy',
    async run({ ledger: { store } }, { query: { since, limit } }) {
      const { count } = await store.head();
      const before = since === 0 ? undefined : await store.readIndex(since - 1);
      const facts = since > count ? [] : await store.readAll(before?.position, limit);
      const last = facts.at(-1)?.index;
      const more = last !== undefined && last + 1 < count;
      return { body: { items: facts.map(shown), ...(more ? { next: last + 1 } : {}), count } };
    },
  }),
]);

function shown(stored: StoredEvent): z.input<typeof FactShown> {
  const { id, stream, revision, index, type, data, metadata } = stored;
  return {
    id,
    stream,
    revision: String(revision),
    index,
    type,
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
    leaf: leafHash(stored).toString('hex'),
  };
}
