import { z } from 'zod';
import type { Load } from '../commands/define.ts';
import { handle } from '../commands/handle.ts';
import { madeCoverageRelease } from '../commands/make-coverage-release.ts';
import { madeRelease } from '../commands/make-release.ts';
import { releaseTable } from '../commands/release-table.ts';
import { newIdOf } from '../events/ids.ts';
import { Uuid } from '../events/shapes.ts';
import { coverageLook, disclosureProfiles } from '../projections/capability/coverage-look.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import { AskedDay } from './asked.ts';
import { type Operation, replyOf, requestOf, under, write } from './operation.ts';
import { atLeast } from './perform.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { AsOfText } from './statement.ts';

const when = {
  on: AskedDay.optional().describe('absent: today'),
  asOf: AsOfText.optional(),
  standing: z.enum(['provisional', 'final']),
};

export const releaseTableOperations: readonly Operation[] = under('releases', [
  write({
    id: 'release-table',
    path: '/v1/releases/{release}/tables',
    summary:
      'Give out a table of capability or of coverage by the disclosure profile: figures that tell of nobody, beside all that was given out before.',
    may: ['admin'],
    limit: 'heavy',
    body: z.discriminatedUnion('report', [
      z.strictObject({ report: z.literal('capability'), framework: Uuid, ...when }),
      z.strictObject({ report: z.literal('coverage'), profile: Uuid, ...when }),
    ]),
    async run(services, call) {
      const { ledger, views } = services;
      const { body } = call;
      // What is given out stays so: it is of all that was written before it was asked for.
      await atLeast(services, (await ledger.store.head()).position);
      const streams = {
        release: call.path['release'] ?? '',
        others: await disclosureProfiles(views),
      };
      const load = loadOf(services);
      const on = body.on ?? todayOf(services);
      const made =
        body.report === 'capability'
          ? await madeRelease(load, streams, { ...body, on }, views.published)
          : await madeCoverageRelease(
              load,
              streams,
              { ...body, on },
              coverageStates,
              async (look, by) => {
                const found = await coverageLook(views, body.profile, look, by);
                if (found !== undefined) return found;
                throw new Problem(404, 'profile-unknown', 'there is no such profile');
              },
            );
      const request = requestOf(releaseTable, call, streams.release);
      const answer = await handle(ledger, { ...request, body: made });
      return replyOf(answer, { table: newIdOf(answer.commandId, 'table') });
    },
  }),
]);

function loadOf({ ledger }: Services): Load {
  return async (category, id) => (await ledger.streams.load(category, id)).state;
}
