import { z } from 'zod';
import { erase } from '../commands/erase.ts';
import { Erasing, eraseKeys, liftHold, placeHold } from '../commands/erasure.ts';
import { limits } from '../limits.ts';
import { command, type Operation, read, replyOf, requestOf, under, write } from './operation.ts';

export const erasureOperations: readonly Operation[] = under('members', [
  write({
    id: 'erase',
    path: '/v1/members/{member}/erasures',
    summary:
      'Erase one text, one claim or the whole person: the keys are destroyed, the facts stay.',
    may: ['admin'],
    body: Erasing,
    async run({ ledger, directory, evidence }, call) {
      const member = call.path['member'] ?? '';
      const answer = await erase(ledger, requestOf(eraseKeys, call, member));
      for (const blob of answer.blobs) await evidence.delete(blob);
      if (call.body.scope === 'person') directory.remove(member);
      return replyOf(answer);
    },
  }),
  command(placeHold, {
    path: '/v1/members/{member}/holds',
    summary: 'Keep a member, or one claim, from disposal and erasure.',
    may: ['admin', 'reviewer'],
    subject: 'member',
    makes: 'hold',
  }),
  command(liftHold, {
    path: '/v1/members/{member}/holds/{hold}/endings',
    summary: 'Lift a hold.',
    may: ['admin', 'reviewer'],
    subject: 'member',
  }),
  read({
    id: 'list-openings',
    path: '/v1/members/{member}/openings',
    summary: 'Who opened sealed text of this member, when and why: the newest first.',
    may: ['own', 'admin', 'auditor'],
    output: z.object({
      items: z.array(
        z.object({ at: z.string(), actor: z.uuid(), reason: z.string(), operation: z.string() }),
      ),
    }),
    async run({ ledger }, { path }) {
      const rows = await ledger.vault.accessLog(path['member'] ?? '', limits.pageMost);
      return {
        body: {
          items: rows.map(({ at, actor, reason, operation }) => ({ at, actor, reason, operation })),
        },
      };
    },
  }),
]);
