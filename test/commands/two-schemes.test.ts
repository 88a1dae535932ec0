import { describe, it } from 'mocha';
import { approveClaim, rejectClaim } from '../../src/commands/decide-claim.ts';
import {
  ADMIN,
  ASSESSOR,
  appointed,
  appointmentOf,
  approvedLine,
  award,
  CLAIM,
  claimed,
  decision,
  joined,
  line,
  ONE,
  published,
  registered,
  rulebook,
  SECOND,
} from '../support/past.ts';
import { plainKind } from '../support/plain-rulebook.ts';
import { fact, given, idOf } from '../support/specification.ts';

const OTHER = idOf('other scheme');

/** The other scheme knows these kinds; its assessor is `SECOND`. */
const other = (kinds: string[]) => {
  const known = kinds.map((kind) => plainKind(kind, { category: 'training', points: 100 }));
  const data = {
    version: 1,
    effectiveFrom: '2020-01-01',
    rulebook: { ...rulebook, kinds: known },
  };
  const appointment = {
    appointmentId: appointmentOf(SECOND),
    person: SECOND,
    delegates: [],
    from: '2024-01-01',
  };
  return [
    fact('RulebookPublished', data, { of: OTHER, id: idOf('other rules'), by: ADMIN }),
    fact('AssessorAppointed', appointment, { of: OTHER, by: ADMIN }),
  ];
};

const past = (kinds: string[]) => [
  published(),
  appointed(ASSESSOR),
  ...other(kinds),
  registered(),
  joined(),
  joined(undefined, '2024-01-01', OTHER),
  claimed([line(ONE)]),
];
const approval = (person: string, awards: ReturnType<typeof award>[]) => ({
  type: 'ClaimApproved' as const,
  data: {
    claimId: CLAIM,
    decision: decision(person),
    lines: [{ ...approvedLine(ONE), awards }],
  },
});
const elsewhere = {
  ...award(300),
  scheme: OTHER,
  rulebook: { version: 1, eventId: idOf('other rules') },
};
const by = (person: string) => ({ path: { claim: CLAIM }, by: person });

describe('a member of two schemes', () => {
  it('has a line decided by an assessor of a scheme in which it awards something', () =>
    given(...past(['research']))
      .when(approveClaim, { lines: [{ lineId: ONE }] }, by(ASSESSOR))
      .then(approval(ASSESSOR, [award(300)])));

  it('has it decided by no assessor of a scheme that knows nothing of it', async () => {
    const refused = 'outside-appointment';
    const at = given(...past(['research']));
    await at.when(approveClaim, { lines: [{ lineId: ONE }] }, by(SECOND)).thenRefused(refused);
    const rejecting = { lines: [ONE], reason: 'Not ours' };
    await at.when(rejectClaim, rejecting, by(SECOND)).thenRefused(refused);
  });

  it('has a line that counts in both decided by an assessor of either', async () => {
    for (const person of [ASSESSOR, SECOND]) {
      await given(...past(['course']))
        .when(approveClaim, { lines: [{ lineId: ONE }] }, by(person))
        .then(approval(person, [award(300), elsewhere]));
    }
  });
});
