import { defineFact } from './define.ts';
import { Decision, Uuid } from './shapes.ts';

export const ReviewOpened = defineFact({
  type: 'ReviewOpened',
  category: 'member',
  says: 'An approval is placed under review; the rulebook says what counts meanwhile.',
  shape: { claimId: Uuid, approval: Uuid, decision: Decision },
  sealed: ['reason'],
});

export const ReviewUpheld = defineFact({
  type: 'ReviewUpheld',
  category: 'member',
  says: 'A review ends: the approval stands.',
  shape: { claimId: Uuid, approval: Uuid, review: Uuid, decision: Decision },
  sealed: ['reason'],
});

export const ReviewOverturned = defineFact({
  type: 'ReviewOverturned',
  category: 'member',
  says: 'A review ends: the approval is void.',
  shape: { claimId: Uuid, approval: Uuid, review: Uuid, decision: Decision },
  sealed: ['reason'],
});

export const AppealLodged = defineFact({
  type: 'AppealLodged',
  category: 'member',
  says: 'A member appeals against a rejection.',
  /** `decision` is the id of the fact that is appealed against. */
  shape: { claimId: Uuid, decision: Uuid },
  sealed: ['reason'],
});

export const AppealUpheld = defineFact({
  type: 'AppealUpheld',
  category: 'member',
  says: 'An appeal succeeds: the lines are open to a decision again. Not by the first decider.',
  shape: { claimId: Uuid, appeal: Uuid, decision: Decision },
  sealed: ['reason'],
});

export const AppealDismissed = defineFact({
  type: 'AppealDismissed',
  category: 'member',
  says: 'An appeal fails: the rejection stands. Not by the first decider.',
  shape: { claimId: Uuid, appeal: Uuid, decision: Decision },
  sealed: ['reason'],
});
