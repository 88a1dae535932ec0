import { describe, it } from 'mocha';
import { approveClaim } from '../../src/commands/decide-claim.ts';
import { closeReview, decideAppeal, lodgeAppeal, openReview } from '../../src/commands/review.ts';
import {
  APPEAL,
  APPROVAL,
  ASSESSOR,
  appointed,
  approved,
  approvedLine,
  CLAIM,
  claimed,
  decision,
  lodged,
  ONE,
  REJECTION,
  REVIEW,
  rejected,
  revoked,
  SECOND,
  saying,
  society,
  TWO,
  underReview,
  upheld,
} from '../support/past.ts';
import { fact, given, idOf } from '../support/specification.ts';

const path = { claim: CLAIM };
const past = [...society, claimed()];
const reason = 'Looked at again.';

describe('a review stands beside a claim', () => {
  const reviewed = { path: { ...path, review: REVIEW }, by: SECOND };
  const about = { claimId: CLAIM, approval: APPROVAL, review: REVIEW, decision: decision(SECOND) };

  it('is opened once at a time for one approval', () =>
    given(...past, approved([ONE]), underReview())
      .when(openReview, { approval: APPROVAL, reason }, { path, by: SECOND })
      .thenRefused('review-open'));

  it('may be upheld: the approval stands', () =>
    given(...past, approved([ONE]), underReview())
      .when(closeReview, { outcome: 'upheld', reason }, reviewed)
      .then({ type: 'ReviewUpheld', data: about, texts: saying(reason) }));

  it('may be overturned: its lines are open to another approval', async () => {
    const under = [...past, approved([ONE]), underReview()];
    await given(...under)
      .when(closeReview, { outcome: 'overturned', reason }, reviewed)
      .then({ type: 'ReviewOverturned', data: about, texts: saying(reason) });
    await given(...under, fact('ReviewOverturned', about))
      .when(approveClaim, { lines: [{ lineId: ONE }] }, { path, by: SECOND })
      .then({
        type: 'ClaimApproved',
        data: { claimId: CLAIM, decision: decision(SECOND), lines: [approvedLine(ONE)] },
      });
  });

  it('is closed once', () =>
    given(...past, approved([ONE]), underReview(), fact('ReviewUpheld', about))
      .when(closeReview, { outcome: 'upheld', reason }, reviewed)
      .thenRefused('review-unknown'));

  it('does not touch what was revoked, and rejected then, while it was open', () =>
    given(
      ...past,
      approved([ONE]),
      underReview(),
      revoked([ONE]),
      rejected([ONE]),
      fact('ReviewOverturned', about),
    )
      .when(approveClaim, { lines: [{ lineId: ONE }] }, { path, by: SECOND })
      .thenRefused('line-rejected'));
});

describe('an appeal stands beside a claim', () => {
  const appealed = { path: { ...path, appeal: APPEAL }, by: SECOND };
  const about = { claimId: CLAIM, appeal: APPEAL, decision: decision(SECOND) };
  const open = [...past, rejected([ONE, TWO]), lodged()];

  it('is lodged once at a time against one rejection', () =>
    given(...open)
      .when(lodgeAppeal, { rejection: REJECTION, reason }, { path })
      .thenRefused('appeal-open'));

  it('may be upheld by another assessor: the lines are open again', async () => {
    await given(...open)
      .when(decideAppeal, { outcome: 'upheld', reason }, appealed)
      .then({ type: 'AppealUpheld', data: about, texts: saying(reason) });
    await given(...open, upheld())
      .when(approveClaim, { lines: [{ lineId: ONE }] }, { path, by: SECOND })
      .then({
        type: 'ClaimApproved',
        data: { claimId: CLAIM, decision: decision(SECOND), lines: [approvedLine(ONE)] },
      });
  });

  it('may be dismissed: the rejection stands', async () => {
    await given(...open)
      .when(decideAppeal, { outcome: 'dismissed', reason }, appealed)
      .then({ type: 'AppealDismissed', data: about, texts: saying(reason) });
    await given(...open, fact('AppealDismissed', about))
      .when(approveClaim, { lines: [{ lineId: ONE }] }, { path, by: SECOND })
      .thenRefused('line-rejected');
  });

  it('is lodged once against one rejection: a dismissal is the last word on it', async () => {
    const dismissed = fact('AppealDismissed', about);
    await given(...open, dismissed)
      .when(lodgeAppeal, { rejection: REJECTION, reason }, { path })
      .thenRefused('appeal-dismissed');
    const other = idOf('rejection of the other line');
    await given(...past, rejected([ONE]), lodged(), dismissed, rejected([TWO], other))
      .when(lodgeAppeal, { rejection: other, reason }, { path })
      .then({
        type: 'AppealLodged',
        data: { claimId: CLAIM, decision: other },
        texts: saying(reason),
      });
  });

  it('is not decided by who rejected', () =>
    given(...open)
      .when(decideAppeal, { outcome: 'upheld', reason }, { ...appealed, by: ASSESSOR })
      .thenRefused('first-decider'));

  it('is not decided by who rejected, under another id of theirs', async () => {
    const survivor = idOf('survivor');
    await given(
      ...open,
      appointed(survivor),
      fact('Absorbed', { duplicate: ASSESSOR }, { of: survivor }),
      fact('MergedInto', { survivor }, { of: ASSESSOR }),
    )
      .when(decideAppeal, { outcome: 'upheld', reason }, { ...appealed, by: survivor })
      .thenRefused('first-decider');
  });

  it('is decided once', () =>
    given(...open, upheld())
      .when(decideAppeal, { outcome: 'upheld', reason }, appealed)
      .thenRefused('appeal-unknown'));

  it('cannot be lodged against a rejection that an appeal has set aside, where another stands', async () => {
    const second = idOf('second rejection');
    const again = [...open, upheld(), rejected([ONE, TWO], second, SECOND)];
    await given(...again)
      .when(lodgeAppeal, { rejection: REJECTION, reason }, { path })
      .thenRefused('line-not-rejected');
    await given(...again)
      .when(lodgeAppeal, { rejection: second, reason }, { path })
      .then({
        type: 'AppealLodged',
        data: { claimId: CLAIM, decision: second },
        texts: saying(reason),
      });
  });
});
