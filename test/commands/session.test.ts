import { describe, it } from 'mocha';
import { claimAttendance, revokeAttendance } from '../../src/commands/attendance.ts';
import { changeEntry, delistEntry, listEntry } from '../../src/commands/catalogue.ts';
import { claimActivity } from '../../src/commands/claim.ts';
import {
  cancelSession,
  correctAttendance,
  recordAttendance,
  scheduleSession,
} from '../../src/commands/session.ts';
import { newIdOf } from '../../src/events/ids.ts';
import {
  ADMIN,
  APPROVAL,
  admin,
  approvedLine,
  award,
  CLAIM,
  claimed,
  line,
  ONE,
  revoked,
  society,
  theRuleFor,
} from '../support/past.ts';
import { COMMAND, FRESH, fact, given, idOf, MEMBER } from '../support/specification.ts';

const [ENTRY, SESSION] = [idOf('entry'), idOf('session')];
const entry = { title: 'Data ethics', kind: 'course', minutes: 90 };
const listed = fact('EntryListed', { ...entry, topics: ['data'], skills: [] }, { of: ENTRY });
const run = { entry: ENTRY, from: '2026-02-02', until: '2026-02-03' };
const scheduled = fact(
  'SessionScheduled',
  { ...run, kind: 'course', topics: ['data'] },
  { of: SESSION },
);
const row = { person: MEMBER, minutes: 90, role: 'attendee' };
const recorded = (by = ADMIN, rows = [row]) =>
  fact('AttendanceRecorded', { entries: rows, by }, { of: SESSION });
const at = { of: SESSION, by: admin };

describe('the catalogue', () => {
  const on = { of: ENTRY, by: admin };
  it('lists, changes and delists an entry', async () => {
    const whole = { ...entry, topics: [], skills: [] };
    await given().when(listEntry, entry, on).then({ type: 'EntryListed', data: whole });
    await given(listed).when(listEntry, entry, on).thenRefused('entry-exists');
    await given(listed).when(changeEntry, entry, on).then({ type: 'EntryChanged', data: whole });
    await given(listed).when(delistEntry, {}, on).then({ type: 'EntryDelisted', data: {} });
  });

  it('has nothing to change in what it does not have, or has no longer', async () => {
    const gone = fact('EntryDelisted', {}, { of: ENTRY });
    await given().when(changeEntry, entry, on).thenRefused('entry-unknown');
    await given(listed, gone).when(changeEntry, entry, on).thenRefused('entry-delisted');
    await given(listed, gone).when(delistEntry, {}, on).thenRefused('entry-delisted');
    await given(listed, gone).when(scheduleSession, run, at).thenRefused('entry-delisted');
  });
});

describe('a session', () => {
  it('is a dated run of an entry, of one day unless it says more', async () => {
    const data = { ...run, kind: 'course', topics: ['data'] };
    await given(listed)
      .when(scheduleSession, { entry: ENTRY, from: '2026-02-02' }, at)
      .then({ type: 'SessionScheduled', data });
    await given(listed, scheduled).when(scheduleSession, run, at).thenRefused('session-exists');
    await given(listed)
      .when(scheduleSession, { ...run, until: run.from }, at)
      .thenRefused('date-wrong');
  });

  it('may be called off while nobody was there', async () => {
    await given(scheduled).when(cancelSession, {}, at).then({ type: 'SessionCancelled', data: {} });
    await given(scheduled, recorded())
      .when(cancelSession, {}, at)
      .thenRefused('attendance-recorded');
    const off = fact('SessionCancelled', {}, { of: SESSION });
    await given(scheduled, off).when(cancelSession, {}, at).thenRefused('session-cancelled');
    await given().when(cancelSession, {}, at).thenRefused('session-unknown');
  });

  it('has a register once it is over: each person in each role once', async () => {
    const entries = [row, { ...row, role: 'speaker' }];
    await given(scheduled)
      .when(recordAttendance, { entries }, at)
      .then({ type: 'AttendanceRecorded', data: { entries, by: ADMIN } });
    await given(scheduled)
      .when(recordAttendance, { entries }, { ...at, today: '2026-02-01' })
      .thenRefused('session-ahead');
    await given(scheduled)
      .when(recordAttendance, { entries: [row, row] }, at)
      .thenRefused('attendance-doubled');
    await given(scheduled, recorded())
      .when(recordAttendance, { entries: [row] }, at)
      .thenRefused('attendance-recorded');
  });

  it('has its register corrected where a row says otherwise', async () => {
    const not = [{ ...row, minutes: 0 }];
    await given(scheduled, recorded())
      .when(correctAttendance, { entries: not }, at)
      .then({ type: 'AttendanceCorrected', data: { entries: not, by: ADMIN } });
    await given(scheduled, recorded())
      .when(correctAttendance, { entries: [row] }, at)
      .thenRefused('attendance-recorded');
    await given(scheduled)
      .when(correctAttendance, { entries: not }, at)
      .thenRefused('attendance-missing');
  });
});

describe('a row of a register', () => {
  const body = { session: SESSION, role: 'attendee' };
  const asked = { by: theRuleFor(ADMIN) };
  const claimId = newIdOf(COMMAND, 'claim');
  const done = line(newIdOf(COMMAND, 'line/0'), {
    quantity: { amount: 90, unit: 'minute' },
    from: '2026-02-02',
    until: '2026-02-03',
    attributes: { role: 'attendee' },
    topics: ['data'],
    session: SESSION,
  });
  const claim = {
    type: 'Claimed' as const,
    data: { claimId, kid: FRESH, lines: [done] },
    texts: [{ kid: FRESH, fields: { 'lines/0/title': 'Data ethics' } }],
  };
  const byAttendance = {
    decidedBy: [],
    decidedOn: '2026-03-10',
    capacity: 'attendance' as const,
    under: SESSION,
    interests: [],
    reasons: [],
  };
  const past = [...society, listed, scheduled];

  it('becomes a claim that the attendance approves', () =>
    given(...past, recorded())
      .when(claimAttendance, body, asked)
      .then(claim, {
        type: 'ClaimApproved',
        data: {
          claimId,
          decision: byAttendance,
          lines: [
            {
              lineId: done.lineId,
              accepted: done.quantity,
              awards: [{ ...award(150), topics: ['data'] }],
              skills: [],
            },
          ],
        },
      }));

  it('of who kept the register becomes an ordinary claim', async () => {
    await given(...past, recorded(MEMBER))
      .when(claimAttendance, body, asked)
      .then(claim);
    const older = idOf('older id');
    await given(...past, fact('Absorbed', { duplicate: older }), recorded(older))
      .when(claimAttendance, body, asked)
      .then(claim);
    const oldest = idOf('oldest id');
    const before = fact('Absorbed', { duplicate: oldest }, { of: older });
    await given(...past, before, fact('Absorbed', { duplicate: older }), recorded(oldest))
      .when(claimAttendance, body, asked)
      .then(claim);
  });

  it('comes to nothing where nobody of this id was there, or the session was not', async () => {
    await given(...past)
      .when(claimAttendance, body, asked)
      .thenRefused('attendance-missing');
    await given(...past, recorded(ADMIN, [{ ...row, role: 'speaker' }]))
      .when(claimAttendance, body, asked)
      .thenRefused('attendance-missing');
    await given(...society)
      .when(claimAttendance, body, asked)
      .thenRefused('session-unknown');
    const off = fact('SessionCancelled', {}, { of: SESSION });
    await given(...past, off)
      .when(claimAttendance, body, asked)
      .thenRefused('session-cancelled');
  });

  const attended = line(ONE, { session: SESSION, attributes: { role: 'attendee' } });
  const byHand = { kind: 'course', quantity: { amount: 90, unit: 'minute' }, from: '2026-02-02' };
  const typed = { ...byHand, title: 'Data ethics', session: SESSION };

  it('is not claimed twice: not after a claim by hand, nor by hand after it, nor twice in one claim', async () => {
    const asAttendee = { ...typed, attributes: { role: 'attendee' } };
    await given(...past, recorded(), claimed([attended]))
      .when(claimAttendance, body, asked)
      .thenRefused('attendance-doubled');
    await given(...past, claimed([attended]))
      .when(claimActivity, { lines: [asAttendee] })
      .thenRefused('attendance-doubled');
    await given(...past)
      .when(claimActivity, { lines: [asAttendee, asAttendee] })
      .thenRefused('attendance-doubled');
  });

  const caused = claimed([attended], theRuleFor(ADMIN));
  const approval = fact(
    'ClaimApproved',
    { claimId: CLAIM, decision: byAttendance, lines: [approvedLine(ONE)] },
    { id: APPROVAL, by: theRuleFor(ADMIN) },
  );
  const voided = {
    type: 'ApprovalRevoked' as const,
    data: {
      claimId: CLAIM,
      approval: APPROVAL,
      lines: [ONE],
      effect: { kind: 'void' as const },
      decision: byAttendance,
    },
  };

  it('is revoked when the register was wrong, wherever the person is by now', async () => {
    const merged = fact('MergedInto', { survivor: idOf('survivor') });
    const erased = fact('Erased', { scope: 'person', kids: ['k'.repeat(22)], part: 1, parts: 1 });
    for (const since of [[], [merged], [erased]]) {
      await given(...past, caused, approval, ...since)
        .when(revokeAttendance, body, asked)
        .then(voided);
    }
  });

  it('is withdrawn where nobody has decided on it', () =>
    given(...past, caused)
      .when(revokeAttendance, body, asked)
      .then({ type: 'ClaimWithdrawn', data: { claimId: CLAIM } }));

  it('takes back nothing twice, and no claim that the member made themselves', async () => {
    await given(...past, caused, approval, revoked([ONE]))
      .when(revokeAttendance, body, asked)
      .thenRefused('attendance-missing');
    await given(...past, claimed([attended]), approval)
      .when(revokeAttendance, body, asked)
      .thenRefused('attendance-missing');
  });
});
