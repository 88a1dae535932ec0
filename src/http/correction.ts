import { v4 } from 'uuid';
import { z } from 'zod';
import { carryOut } from '../commands/correct.ts';
import { approveCorrection, proposeCorrection } from '../commands/correction.ts';
import { handle } from '../commands/handle.ts';
import { Change, CorrectionItem } from '../events/correction.ts';
import { beginning, type Operation, read, replyOf, requestOf, under, write } from './operation.ts';
import { Problem } from './problem.ts';

const CorrectionShown = z.object({
  correction: z.uuid(),
  state: z.enum(['proposed', 'approved', 'completed']),
  proposedBy: z.uuid(),
  digest: z.string().describe('what an approval repeats'),
  change: Change,
  reasons: z.array(z.string()),
  items: z.array(CorrectionItem),
});

export const correctionOperations: readonly Operation[] = under('corrections', [
  beginning(proposeCorrection, {
    path: '/v1/corrections',
    summary: 'Propose to retract one fact, or to make it good with points.',
    may: ['admin'],
  }),
  read({
    id: 'show-correction',
    path: '/v1/corrections/{correction}',
    summary: 'A correction: what it selects, what it would do, and how far it has come.',
    may: ['admin', 'auditor'],
    output: CorrectionShown,
    async run({ ledger }, { path }) {
      const correction = path['correction'] ?? '';
      const { state, revision } = await ledger.streams.load('correction', correction);
      const { proposal, approval, completed } = state;
      if (proposal === undefined) {
        throw new Problem(404, 'correction-unknown', 'there is no such correction');
      }
      const { eventId: _proposed, ...shown } = proposal;
      const stands = completed ? 'completed' : approval === undefined ? 'proposed' : 'approved';
      return { body: { correction, state: stands, ...shown }, revision };
    },
  }),
  write({
    id: approveCorrection.name,
    path: '/v1/corrections/{correction}/approvals',
    summary: 'Approve a correction, as another than who proposed it, and have it carried out.',
    may: ['admin'],
    body: approveCorrection.body,
    async run({ ledger }, call) {
      const correction = call.path['correction'] ?? '';
      const answer = await handle(ledger, requestOf(approveCorrection, call, correction));
      // Stopped here it is carried out by the same request sent again: every step has its id from the approval.
      const done = await carryOut(ledger, correction, v4());
      return replyOf({ ...answer, position: done?.position ?? answer.position });
    },
  }),
]);
