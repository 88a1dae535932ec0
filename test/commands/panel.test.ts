import { describe, it } from 'mocha';
import { approveClaim } from '../../src/commands/decide-claim.ts';
import {
  ADMIN,
  ASSESSOR,
  approvedLine,
  CLAIM,
  claimed,
  decision,
  ONE,
  SCHEME,
  SECOND,
  society,
} from '../support/past.ts';
import { fact, given, idOf, MEMBER } from '../support/specification.ts';

const path = { claim: CLAIM };
const approve = { lines: [{ lineId: ONE }] };
const past = [...society, claimed()];
const PANEL = idOf('panel');
const [THIRD, DELEGATE, COUNCIL] = [idOf('third'), idOf('delegate'), idOf('council')];
const inBeing = fact(
  'PanelConstituted',
  { panelId: PANEL, members: [ASSESSOR, SECOND, THIRD], quorum: 2, from: '2025-01-01' },
  { of: SCHEME, by: ADMIN },
);
const panelled = (members: string[]) => ({ ...approve, panel: { panelId: PANEL, members } });

describe('a panel decides', () => {
  const decided = [ASSESSOR, SECOND].sort();
  it('where its quorum sat, recorded by one of them', () =>
    given(...past, inBeing)
      .when(approveClaim, panelled([SECOND, ASSESSOR]), { path, by: SECOND })
      .then({
        type: 'ClaimApproved',
        data: {
          claimId: CLAIM,
          decision: decision(SECOND, { decidedBy: decided, capacity: 'panel', under: PANEL }),
          lines: [approvedLine(ONE)],
        },
      }));

  it('not short of its quorum, not even by naming one twice', () =>
    given(...past, inBeing)
      .when(approveClaim, panelled([SECOND, SECOND]), { path, by: SECOND })
      .thenRefused('quorum-short'));

  it('not short of its quorum by naming one human under two ids', async () => {
    const absorbed = fact('Absorbed', { duplicate: SECOND }, { of: ASSESSOR });
    const merged = fact('MergedInto', { survivor: ASSESSOR }, { of: SECOND });
    await given(...past, inBeing, absorbed, merged)
      .when(approveClaim, panelled([SECOND, ASSESSOR]), { path, by: SECOND })
      .thenRefused('quorum-short');
  });

  it('not with one who does not sit on it', () =>
    given(...past, inBeing)
      .when(approveClaim, panelled([SECOND, DELEGATE]), { path, by: SECOND })
      .thenRefused('not-appointed'));

  it('not where one records it who was not there', () =>
    given(...past, inBeing)
      .when(approveClaim, panelled([SECOND, ASSESSOR]), { path, by: THIRD })
      .thenRefused('not-appointed'));

  it('not before it was formed', () =>
    given(...past, inBeing)
      .when(approveClaim, panelled([SECOND, ASSESSOR]), { path, by: SECOND, today: '2024-12-31' })
      .thenRefused('panel-unknown'));
});

describe('interests that a decider has declared', () => {
  const declared = (person: string, where: string, more = {}) =>
    fact(
      'InterestDeclared',
      {
        interestId: idOf(`interest of ${person}`),
        person,
        in: where,
        kind: 'employer',
        from: '2025-01-01',
        ...more,
      },
      { of: SCHEME },
    );
  const employed = fact('EmploymentStarted', {
    employmentId: idOf('post'),
    organisation: COUNCIL,
    share: { num: 1, den: 1 },
    from: '2024-01-01',
  });
  const noted = (interests: string[]) => ({
    type: 'ClaimApproved' as const,
    data: {
      claimId: CLAIM,
      decision: decision(ASSESSOR, { interests }),
      lines: [approvedLine(ONE)],
    },
  });
  const asked = { path, by: ASSESSOR };

  it('in the member are noted with the decision', () =>
    given(...past, declared(ASSESSOR, MEMBER))
      .when(approveClaim, approve, asked)
      .then(noted([idOf(`interest of ${ASSESSOR}`)])));

  it('in who employs the member are noted with the decision', () =>
    given(...past, employed, declared(ASSESSOR, COUNCIL))
      .when(approveClaim, approve, asked)
      .then(noted([idOf(`interest of ${ASSESSOR}`)])));

  it('in anything else, by anybody else, or over by now, are not', () =>
    given(
      ...past,
      declared(ASSESSOR, COUNCIL),
      declared(SECOND, MEMBER),
      declared(ASSESSOR, MEMBER, { until: '2026-03-10' }),
    )
      .when(approveClaim, approve, asked)
      .then(noted([])));
});
