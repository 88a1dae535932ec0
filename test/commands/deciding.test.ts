import { describe, it } from 'mocha';
import { assignClaim } from '../../src/commands/claim.ts';
import { approveClaim, rejectClaim, revokeApproval } from '../../src/commands/decide-claim.ts';
import {
  ADMIN,
  APPROVAL,
  ASSESSOR,
  appointed,
  appointmentOf,
  approved,
  approvedLine,
  CLAIM,
  claimed,
  decision,
  joined,
  line,
  ONE,
  published,
  registered,
  SCHEME,
  SECOND,
  society,
} from '../support/past.ts';
import { fact, given, idOf, MEMBER } from '../support/specification.ts';

const path = { claim: CLAIM };
const approve = { lines: [{ lineId: ONE }] };
const past = [...society, claimed()];
const alias = idOf('an older id');
const PANEL = idOf('panel');
const [THIRD, DELEGATE, _COUNCIL] = [idOf('third'), idOf('delegate'), idOf('council')];
const inBeing = fact(
  'PanelConstituted',
  { panelId: PANEL, members: [ASSESSOR, SECOND, THIRD], quorum: 2, from: '2025-01-01' },
  { of: SCHEME, by: ADMIN },
);
const panelled = (members: string[]) => ({ ...approve, panel: { panelId: PANEL, members } });

describe('who may decide on a claim', () => {
  it('is an assessor in office, and the decision names the appointment', () =>
    given(...past)
      .when(approveClaim, approve, { path, by: ASSESSOR })
      .then({
        type: 'ClaimApproved',
        data: { claimId: CLAIM, decision: decision(ASSESSOR), lines: [approvedLine(ONE)] },
      }));

  it('is nobody without an appointment, an admin neither', () =>
    given(...past)
      .when(approveClaim, approve, { path, by: ADMIN })
      .thenRefused('not-appointed'));

  it('is an assessor from the first day of office, and not on the day of its end', async () => {
    const office = { from: '2026-03-10', until: '2026-03-20' };
    const then = [published(), appointed(ASSESSOR, office), registered(), joined(), claimed()];
    const on = (today: string) =>
      given(...then).when(approveClaim, approve, { path, by: ASSESSOR, today });
    await on('2026-03-09').thenRefused('not-appointed');
    await on('2026-03-20').thenRefused('not-appointed');
    const lines = [approvedLine(ONE)];
    for (const decidedOn of ['2026-03-10', '2026-03-19']) {
      const decided = decision(ASSESSOR, { decidedOn });
      const data = { claimId: CLAIM, decision: decided, lines };
      await on(decidedOn).then({ type: 'ClaimApproved', data });
    }
  });

  it('is not an assessor whose appointment was ended', () =>
    given(
      ...past,
      fact(
        'AppointmentEnded',
        { appointmentId: appointmentOf(ASSESSOR), until: '2026-03-10' },
        { of: SCHEME },
      ),
    )
      .when(approveClaim, approve, { path, by: ASSESSOR })
      .thenRefused('not-appointed'));

  it('is a delegate whom the appointment names', () =>
    given(...past, appointed(THIRD, { delegates: [DELEGATE] }))
      .when(approveClaim, approve, { path, by: DELEGATE })
      .then({
        type: 'ClaimApproved',
        data: {
          claimId: CLAIM,
          decision: decision(DELEGATE, { capacity: 'delegate', under: appointmentOf(THIRD) }),
          lines: [approvedLine(ONE)],
        },
      }));

  it('is not an assessor of other categories: they neither approve, nor reject, nor revoke', async () => {
    const narrow = [...past, appointed(THIRD, { categories: ['giving'] })];
    const asThird = { path, by: THIRD };
    await given(...narrow)
      .when(approveClaim, approve, asThird)
      .thenRefused('outside-appointment');
    await given(...narrow)
      .when(rejectClaim, { lines: [ONE], reason: 'No.' }, asThird)
      .thenRefused('outside-appointment');
    const revoke = { approval: APPROVAL, effect: { kind: 'void' as const }, reason: 'No.' };
    await given(...narrow, approved([ONE]))
      .when(revokeApproval, revoke, asThird)
      .thenRefused('outside-appointment');
  });

  it('is an assessor up to the most points of their appointment, line by line', async () => {
    const most = (mostPoints: number) =>
      given(...past, appointed(THIRD, { mostPoints })).when(approveClaim, approve, {
        path,
        by: THIRD,
      });
    await most(299).thenRefused('outside-appointment');
    const lines = [approvedLine(ONE)];
    const data = { claimId: CLAIM, decision: decision(THIRD), lines };
    await most(300).then({ type: 'ClaimApproved', data });
  });
});

describe('nobody decides on their own', () => {
  it('claim', () =>
    given(...past, appointed(MEMBER))
      .when(approveClaim, approve, { path, by: MEMBER })
      .thenRefused('own-claim'));

  it('claim, nor one that they entered for another', () =>
    given(...society, claimed([line(ONE)], ASSESSOR))
      .when(approveClaim, approve, { path, by: ASSESSOR })
      .thenRefused('own-claim'));

  it('claim, nor one that they stated anew for another, whoever entered it', async () => {
    const lines = [line(ONE)];
    const amended = (by: string) => fact('ClaimAmended', { claimId: CLAIM, lines }, { by });
    const decide = (...facts: ReturnType<typeof fact>[]) =>
      given(...society, ...facts).when(approveClaim, approve, { path, by: ASSESSOR });
    await decide(claimed(lines), amended(ASSESSOR)).thenRefused('own-claim');
    await decide(claimed(lines), amended(ASSESSOR), amended(MEMBER)).thenRefused('own-claim');
    await decide(claimed(lines, ASSESSOR), amended(MEMBER)).thenRefused('own-claim');
    const data = { claimId: CLAIM, decision: decision(ASSESSOR), lines: [approvedLine(ONE)] };
    await decide(claimed(lines), amended(ADMIN)).then({ type: 'ClaimApproved', data });
  });

  it('claim under another id of theirs, absorbed or surviving', async () => {
    const absorbed = fact('Absorbed', { duplicate: alias });
    const merged = fact('MergedInto', { survivor: MEMBER }, { of: alias });
    await given(...past, absorbed, merged, appointed(alias))
      .when(approveClaim, approve, { path, by: alias })
      .thenRefused('own-claim');
    const survivor = idOf('survivor');
    await given(
      ...past,
      fact('Absorbed', { duplicate: MEMBER }, { of: survivor }),
      fact('MergedInto', { survivor }),
      appointed(survivor),
    )
      .when(approveClaim, approve, { path, by: survivor, also: [MEMBER] })
      .thenRefused('own-claim');
  });

  it('claim through a panel on which another of their ids sits', () =>
    given(
      ...past,
      fact('Absorbed', { duplicate: THIRD }),
      fact('MergedInto', { survivor: MEMBER }, { of: THIRD }),
      inBeing,
    )
      .when(approveClaim, panelled([ASSESSOR, THIRD]), { path, by: ASSESSOR })
      .thenRefused('own-claim'));

  it('claim, nor is it assigned to them, under whichever id', () =>
    given(...past, fact('Absorbed', { duplicate: alias }))
      .when(assignClaim, { assessor: alias }, { path, by: ADMIN })
      .thenRefused('own-claim'));
});
