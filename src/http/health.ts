import { z } from 'zod';
import { type Operation, read, under } from './operation.ts';

/** Facts that read models may be behind before the process is called not ready. */
const MOST_BEHIND = 10_000;

export const healthOperations: readonly Operation[] = under('health', [
  read({
    id: 'health-live',
    path: '/health/live',
    summary: 'Whether the process runs.',
    may: ['anyone'],
    output: z.object({ live: z.literal(true) }),
    async run() {
      return { body: { live: true } };
    },
  }),
  read({
    id: 'health-ready',
    path: '/health/ready',
    summary:
      'Whether the ledger can be asked: 503 while it ends, while read models stopped or are far behind, while erasures cannot be followed, or while the store cannot.',
    may: ['anyone'],
    output: z.object({
      ready: z.boolean(),
      facts: z.int(),
      read: z.int().describe('facts that the read models hold'),
      stopped: z.string().optional().describe('what does not go on, and why'),
    }),
    async run({ ledger, views, ending }) {
      const progress = await views.progress();
      const { count, head } = progress;
      const stopped = progress.stopped ?? ledger.trouble() ?? ledger.store.reach?.().trouble;
      const ready = !ending() && stopped === undefined && head - count <= MOST_BEHIND;
      const why = stopped === undefined ? {} : { stopped };
      return { body: { ready, facts: head, read: count, ...why }, status: ready ? 200 : 503 };
    },
  }),
  read({
    id: 'metrics',
    path: '/metrics',
    summary: 'Metrics of this process, as Prometheus reads them.',
    may: ['anyone'],
    async run({ metrics }) {
      const text = await metrics.text();
      return {
        file: { bytes: Buffer.from(text), media: metrics.contentType, name: 'metrics.txt' },
      };
    },
  }),
]);
