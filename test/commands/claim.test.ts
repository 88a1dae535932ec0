import { describe, it } from 'mocha';
import { amendClaim, attachEvidence, claimActivity } from '../../src/commands/claim.ts';
import { importDecidedClaim } from '../../src/commands/import-claim.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { limits } from '../../src/limits.ts';
import {
  ADMIN,
  ASSESSOR,
  admin,
  award,
  CLAIM,
  claimed,
  joined,
  line,
  published,
  registered,
  SCHEME,
  society,
} from '../support/past.ts';
import { COMMAND, FRESH, fact, given, idOf, kidOf } from '../support/specification.ts';

const hour = { kind: 'course', quantity: { amount: 60, unit: 'minute' }, from: '2026-02-02' };
const course = { ...hour, title: 'Data ethics' };
const reading = { ...course, kind: 'reading', title: 'A book' };
const claimId = newIdOf(COMMAND, 'claim');
const [first, second] = [newIdOf(COMMAND, 'line/0'), newIdOf(COMMAND, 'line/1')];
const done = {
  quantity: { amount: 60, unit: 'minute' as const },
  from: '2026-02-02',
  until: '2026-02-03',
};
const byRule = {
  decidedBy: [],
  decidedOn: '2026-03-10',
  capacity: 'rule' as const,
  interests: [],
  reasons: [],
};
const read = (lineId: string) => ({
  lineId,
  accepted: { amount: 60, unit: 'minute' as const },
  awards: [award(50, 'study')],
  skills: [],
});

describe('claiming', () => {
  it('says what was done, never points; what was typed is sealed under a key of the claim', () =>
    given(...society)
      .when(claimActivity, {
        lines: [{ ...course, provider: 'Invented Ltd', reflection: 'Good.' }],
      })
      .then({
        type: 'Claimed',
        data: { claimId, kid: FRESH, lines: [line(first, done)] },
        texts: [
          {
            kid: FRESH,
            fields: {
              'lines/0/title': 'Data ethics',
              'lines/0/provider': 'Invented Ltd',
              'lines/0/reflection': 'Good.',
            },
          },
        ],
      }));

  it('has the rule approve what counts on recording, in the same append, and nothing else', () =>
    given(...society)
      .when(claimActivity, { lines: [course, reading] })
      .then(
        {
          type: 'Claimed',
          data: {
            claimId,
            kid: FRESH,
            lines: [line(first, done), line(second, { ...done, kind: 'reading' })],
          },
          texts: [
            { kid: FRESH, fields: { 'lines/0/title': 'Data ethics', 'lines/1/title': 'A book' } },
          ],
        },
        {
          type: 'ClaimApproved',
          actor: 'rule',
          data: { claimId, decision: byRule, lines: [read(second)] },
        },
      ));

  it('has the rule approve what is amended into something that counts on recording', () =>
    given(...society, claimed())
      .when(amendClaim, { lines: [reading] }, { path: { claim: CLAIM } })
      .then(
        {
          type: 'ClaimAmended',
          data: { claimId: CLAIM, lines: [line(first, { ...done, kind: 'reading' })] },
          texts: [{ kid: kidOf('claim'), fields: { 'lines/0/title': 'A book' } }],
        },
        {
          type: 'ClaimApproved',
          actor: 'rule',
          data: { claimId: CLAIM, decision: byRule, lines: [read(first)] },
        },
      ));

  it('is for what is over: until today, not until tomorrow', async () => {
    const until = (day: string) =>
      given(...society).when(claimActivity, { lines: [{ ...course, until: day }] });
    await until('2026-03-12').thenRefused('claimed-too-early');
    await until('2026-02-02').thenRefused('date-wrong');
    await until('2026-03-11').then({
      type: 'Claimed',
      data: { claimId, kid: FRESH, lines: [line(first, { ...done, until: '2026-03-11' })] },
      texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
    });
  });

  it('is for kinds that a rulebook knows, in its measure', async () => {
    const asked = (one: object) => given(...society).when(claimActivity, { lines: [one] });
    await asked({ ...course, kind: 'sleep' }).thenRefused('kind-unknown');
    const days = { ...course, quantity: { amount: 100, unit: 'day' } };
    await asked(days).thenRefused('unit-wrong');
  });

  it('is for members, of what they did while they took part in a scheme that had rules', async () => {
    const body = { lines: [course] };
    await given(published()).when(claimActivity, body).thenRefused('member-unknown');
    await given(published(), registered())
      .when(claimActivity, body)
      .thenRefused('scheme-not-joined');
    await given(published(), registered(), joined(undefined, '2026-02-03'))
      .when(claimActivity, body)
      .thenRefused('scheme-not-joined');
    await given(published(1, '2026-02-03'), registered(), joined())
      .when(claimActivity, body)
      .thenRefused('rulebook-unknown');
  });

  it('is for what was done in a scheme before it was left and joined again, too', () =>
    given(
      published(),
      registered(),
      joined(undefined, '2026-01-01'),
      fact('SchemeLeft', { scheme: SCHEME, on: '2026-02-03' }),
      joined(undefined, '2026-03-01'),
    )
      .when(claimActivity, { lines: [course] })
      .then({
        type: 'Claimed',
        data: { claimId, kid: FRESH, lines: [line(first, done)] },
        texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
      }));

  it('stops where a script has run wild in one cycle', async () => {
    const many = Array.from({ length: limits.claimsPerCycle }, (_, n) =>
      fact('Claimed', {
        claimId: idOf(`claim ${n}`),
        kid: kidOf(`${n}`),
        lines: [line(idOf(`${n}`))],
      }),
    );
    await given(...society, ...many)
      .when(claimActivity, { lines: [course] })
      .thenRefused('too-many');
    const before = { ...course, from: '2025-02-02' };
    await given(...society, ...many)
      .when(claimActivity, { lines: [before] })
      .then({
        type: 'Claimed',
        data: {
          claimId,
          kid: FRESH,
          lines: [line(first, { ...done, from: '2025-02-02', until: '2025-02-03' })],
        },
        texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
      });
  });
});

describe('evidence', () => {
  it('may be a file that is stored already: its name is sealed under a key of its own', () => {
    const file = { blob: 'a'.repeat(64), media: 'image/png' as const, bytes: 12 };
    return given(...society, claimed())
      .when(attachEvidence, { fileName: 'scan.png', file }, { path: { claim: CLAIM } })
      .then({
        type: 'EvidenceAttached',
        data: { claimId: CLAIM, evidenceId: newIdOf(COMMAND, 'evidence'), kid: FRESH, file },
        texts: [{ kid: FRESH, fields: { fileName: 'scan.png' } }],
      });
  });
});

describe('a claim that was decided elsewhere', () => {
  const asked = { claim: { lines: [course] }, decided: { on: '2026-02-20', by: [ASSESSOR] } };
  const brought = (decided: object, past = society) =>
    given(...past).when(
      importDecidedClaim,
      { ...asked, decided: { ...asked.decided, ...decided } },
      { by: admin },
    );

  it('comes in with who and when, as the old system said, and awards by our rules', () =>
    brought({ says: 'Approved by A. N. Other' }).then(
      {
        type: 'Claimed',
        data: { claimId, kid: FRESH, lines: [line(first, done)] },
        texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
      },
      {
        type: 'ClaimApproved',
        data: {
          claimId,
          decision: {
            ...byRule,
            decidedBy: [ASSESSOR],
            decidedOn: '2026-02-20',
            capacity: 'import',
          },
          lines: [
            {
              lineId: first,
              accepted: { amount: 60, unit: 'minute' },
              awards: [award(100)],
              skills: [],
            },
          ],
        },
        texts: [{ kid: FRESH, fields: { 'lines/0/reason': 'Approved by A. N. Other' } }],
      },
    ));

  it('was not decided by its claimant, under any id, nor by who enters it here', async () => {
    const older = idOf('older');
    const absorbed = fact('Absorbed', { duplicate: older });
    await brought({ by: [older] }, [...society, absorbed]).thenRefused('own-claim');
    await brought({ by: [ADMIN] }).thenRefused('own-claim');
  });

  it('was decided by today, and not before it was over', async () => {
    await brought({ on: '2026-03-11' }).thenRefused('date-wrong');
    await brought({ on: '2026-02-01' }).thenRefused('date-wrong');
  });
});
