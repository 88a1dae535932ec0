import { describe, it } from 'mocha';
import { claimAttendance } from '../../src/commands/attendance.ts';
import { changeEntry, listEntry } from '../../src/commands/catalogue.ts';
import { approveClaim } from '../../src/commands/decide-claim.ts';
import { newIdOf } from '../../src/events/ids.ts';
import {
  ADMIN,
  ASSESSOR,
  admin,
  approvedLine,
  award,
  CLAIM,
  claimed,
  decision,
  line,
  ONE,
  society,
  TWO,
  theRuleFor,
} from '../support/past.ts';
import { DATA, framed, inVersion, LAW } from '../support/skills.ts';
import {
  COMMAND,
  type DataOf,
  FRESH,
  fact,
  given,
  idOf,
  MEMBER,
} from '../support/specification.ts';

const [ENTRY, SESSION] = [idOf('entry'), idOf('session')];
const data = { ...inVersion(1, DATA), level: 'expert' };
const law = { ...inVersion(1, LAW), level: 'novice' };
const entry = { title: 'Data ethics', kind: 'course', minutes: 90, topics: [] };
const listed = fact('EntryListed', { ...entry, skills: [data] }, { of: ENTRY });
const scheduled = fact(
  'SessionScheduled',
  { entry: ENTRY, from: '2026-02-02', until: '2026-02-03', kind: 'course', topics: [] },
  { of: SESSION },
);
const past = [...society, ...framed(), listed, scheduled];

describe('an entry of the catalogue', () => {
  const on = { of: ENTRY, by: admin };

  it('names skills that a framework has, at levels that they have', async () => {
    const offer = { ...entry, skills: [data] };
    await given(...framed())
      .when(listEntry, offer, on)
      .then({ type: 'EntryListed', data: offer });
    await given(...framed())
      .when(listEntry, { ...entry, skills: [{ ...data, level: 'wizard' }] }, on)
      .thenRefused('level-wrong');
    await given(...framed(), listed)
      .when(changeEntry, { ...entry, skills: [{ ...data, skill: idOf('elsewhere') }] }, on)
      .thenRefused('skill-unknown');
  });
});

describe('an approval', () => {
  const lines = [line(ONE, { session: SESSION }), line(TWO)];
  const approve = (...skills: (object[] | undefined)[]) =>
    given(...past, claimed(lines)).when(
      approveClaim,
      {
        lines: [ONE, TWO].map((lineId, n) => ({
          lineId,
          ...(skills[n] === undefined ? {} : { skills: skills[n] }),
        })),
      },
      { path: { claim: CLAIM }, by: ASSESSOR },
    );
  const credits = (one: (typeof data)[], two: (typeof data)[]) => ({
    type: 'ClaimApproved' as const,
    data: {
      claimId: CLAIM,
      decision: decision(ASSESSOR),
      lines: [
        { ...approvedLine(ONE), skills: one },
        { ...approvedLine(TWO), skills: two },
      ],
    },
  });

  it('credits the skills of the entry whose session it was, and none where there is none', () =>
    approve().then(credits([data], [])));

  it('credits what the assessor decides instead: other skills, or none', async () => {
    await approve([law], [data]).then(credits([law], [data]));
    await approve([]).then(credits([], []));
  });

  it('credits no skill, and no level, that the framework does not have', async () => {
    await approve([{ ...law, ...inVersion(2) }]).thenRefused('framework-unknown');
    await approve([{ ...law, skill: idOf('elsewhere') }]).thenRefused('skill-unknown');
    await approve(undefined, [{ ...law, level: 'wizard' }]).thenRefused('level-wrong');
  });
});

describe('a row of a register', () => {
  const row = { person: MEMBER, minutes: 180, role: 'attendee' };
  const claimId = newIdOf(COMMAND, 'claim');
  const done = line(newIdOf(COMMAND, 'line/0'), {
    from: '2026-02-02',
    until: '2026-02-03',
    attributes: { role: 'attendee' },
    session: SESSION,
  });
  const claimedBy = (by: string, kind = 'course') => {
    const recorded = fact('AttendanceRecorded', { entries: [row], by }, { of: SESSION });
    const said = { ...scheduled.fact.data, kind } as DataOf<'SessionScheduled'>;
    const run = fact('SessionScheduled', said, { of: SESSION });
    return given(...past, run, recorded).when(
      claimAttendance,
      { session: SESSION, role: 'attendee' },
      { by: theRuleFor(ADMIN) },
    );
  };
  const claimed = (kind = 'course') => ({
    type: 'Claimed' as const,
    data: { claimId, kid: FRESH, lines: [{ ...done, kind }] },
    texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
  });
  const noMember = { decidedBy: [], decidedOn: '2026-03-10', interests: [], reasons: [] };

  it('credits the skills of the entry: somebody else saw who was there', () =>
    claimedBy(ADMIN).then(claimed(), {
      type: 'ClaimApproved',
      data: {
        claimId,
        decision: { ...noMember, capacity: 'attendance', under: SESSION },
        lines: [{ ...approvedLine(done.lineId), skills: [data] }],
      },
    }));

  it('of who kept the register credits none, though by the rule it awards points', () =>
    claimedBy(MEMBER, 'reading').then(claimed('reading'), {
      type: 'ClaimApproved',
      data: {
        claimId,
        decision: { ...noMember, capacity: 'rule' },
        lines: [
          {
            lineId: done.lineId,
            accepted: done.quantity,
            awards: [award(150, 'study')],
            skills: [],
          },
        ],
      },
    }));
});
