import { z } from 'zod';
import type { Load } from '../commands/define.ts';
import { handle } from '../commands/handle.ts';
import { madeRelease } from '../commands/make-release.ts';
import { releaseTable } from '../commands/release-table.ts';
import { newIdOf } from '../events/ids.ts';
import { Day, Uuid } from '../events/shapes.ts';
import { type Operation, replyOf, requestOf, under, write } from './operation.ts';
import { atLeast } from './perform.ts';
import { releasesOf } from './released.ts';
import { type Services, todayOf } from './services.ts';
import { AsOfText } from './statement.ts';

export const releaseTableOperations: readonly Operation[] = under('releases', [
  write({
    id: 'release-table',
    path: '/v1/releases/{release}/tables',
    summary:
      'Give out a table of capability by the disclosure profile: figures that tell of nobody, beside all that was given out before.',
    may: ['admin'],
    limit: 'heavy',
    body: z.strictObject({
      report: z.literal('capability'),
      framework: Uuid,
      on: Day.optional().describe('absent: today'),
      asOf: AsOfText.optional(),
      standing: z.enum(['provisional', 'final']),
    }),
    async run(services, call) {
      const { ledger, views } = services;
      const release = call.path['release'] ?? '';
      const { report: _, ...said } = call.body;
      const wanted = { ...said, on: said.on ?? todayOf(services) };
      // What is given out stays so: it is of all that was written before it was asked for.
      await atLeast(services, (await ledger.store.head()).position);
      const others = await releasesOf(views);
      const made = await madeRelease(
        loadOf(services),
        { release, others },
        wanted,
        views.published,
      );
      const request = requestOf(releaseTable, call, release);
      const answer = await handle(ledger, { ...request, body: made });
      return replyOf(answer, { table: newIdOf(answer.commandId, 'table') });
    },
  }),
]);

function loadOf({ ledger }: Services): Load {
  return async (category, id) => (await ledger.streams.load(category, id)).state;
}
