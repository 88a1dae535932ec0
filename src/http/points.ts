import { z } from 'zod';
import { absorb } from '../commands/absorb.ts';
import { absorbDuplicate } from '../commands/duplicate.ts';
import { bringInPoints } from '../commands/points.ts';
import { Uuid } from '../events/shapes.ts';
import { command, type Operation, replyOf, requestOf, under, write } from './operation.ts';

export const pointsOperations: readonly Operation[] = under('members', [
  command(bringInPoints, {
    path: '/v1/members/{member}/opening-balances',
    summary: 'Bring in points from before this ledger.',
    may: ['admin'],
    subject: 'member',
  }),
  write({
    id: absorbDuplicate.name,
    path: '/v1/members/{member}/duplicates',
    summary:
      'State that another id was the same human; its history belongs to this one from now on.',
    may: ['admin'],
    body: z.strictObject({ duplicate: Uuid }),
    async run({ ledger }, call) {
      return replyOf(
        await absorb(ledger, requestOf(absorbDuplicate, call, call.path['member'] ?? '')),
      );
    },
  }),
]);
