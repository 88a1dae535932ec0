import { z } from 'zod';
import type { ClaimLine } from '../events/claim.ts';
import { ActivityRole } from '../events/codes.ts';
import { newIdOf } from '../events/ids.ts';
import { type Decision, Uuid } from '../events/shapes.ts';
import { lastDayOf } from '../scheme/civil-date.ts';
import { awardsFor, countsOnRecording } from './award.ts';
import { claimStateOf } from './claim-state.ts';
import { claimTable } from './claim-table.ts';
import { type Command, defineCommand } from './define.ts';
import type { Member } from './member.ts';
import { mayClaim } from './membership.ts';
import { refuse } from './rejection.ts';
import { idsOfHuman } from './same-human.ts';
import { joinedSchemes } from './schemes-of-member.ts';
import { rowOf, type Session } from './session.ts';
import { standingFor } from './session-claims.ts';

const Row = z.strictObject({ session: Uuid, role: ActivityRole });
type Row = z.infer<typeof Row>;

/**
 * What a row of a register comes to: a claim, approved by the attendance. Of who kept the register the own row
 * is an ordinary claim, as nobody decides on their own.
 */
export const claimAttendance = defineCommand({
  name: 'claim-attendance',
  category: 'member',
  body: Row,
  async context(load, command, state) {
    const session = await load('session', command.body.session);
    const entry = await load('catalogue', session.run?.entry ?? '');
    const sameHuman = await idsOfHuman(load, command.subject);
    return { session, entry, sameHuman, schemes: await joinedSchemes(load, command, state) };
  },
  digestKid: ({ newKid }) => newKid,
  decide(command, state, { session, entry, sameHuman, schemes }) {
    const { body, newKid: kid, today } = command;
    const { run, minutes, by } = attended(command, session);
    mayClaim(state, [lastDayOf(run)], today);
    if (standingFor(state, body) !== undefined) {
      refuse('attendance-doubled', 'this session is claimed in this role already');
    }
    const claimId = newIdOf(command.id, 'claim');
    const line: ClaimLine = {
      lineId: newIdOf(command.id, 'line/0'),
      kind: run.kind,
      quantity: { amount: minutes, unit: 'minute' },
      from: run.from,
      until: run.until,
      attributes: { role: body.role },
      topics: run.topics,
      session: body.session,
    };
    const awards = awardsFor(schemes, line);
    const fields = { 'lines/0/title': entry.offered?.title ?? run.kind };
    const claimed = {
      type: 'Claimed' as const,
      data: { claimId, kid, lines: [line] },
      texts: [{ kid, fields }],
    };
    const own = sameHuman.has(by);
    if (own && !countsOnRecording(schemes, line)) return [claimed];
    const decision = own ? byRule(today) : byAttendance(today, body.session);
    // What nobody but the member says earns points by the rule, and proves no skill.
    const skills = own ? [] : (entry.offered?.skills ?? []);
    const lines = [{ lineId: line.lineId, accepted: line.quantity, awards, skills }];
    return [
      claimed,
      {
        type: 'ClaimApproved' as const,
        data: { claimId, decision, lines },
      },
    ];
  },
});

/** Takes back what a row of a register came to, because the row was wrong. */
export const revokeAttendance = defineCommand({
  name: 'revoke-attendance',
  category: 'member',
  body: Row,
  digestKid({ body }, state) {
    const kid = caused(state, body)?.claim.kid;
    return kid === undefined || state.erasure.kids.has(kid) ? undefined : kid;
  },
  // It takes back what the register said, and holds no text: wherever the person is by now.
  afterErasure: true,
  decide({ body, today }, state) {
    const row = caused(state, body);
    if (row === undefined) {
      refuse('attendance-missing', 'nothing that this register caused stands in this role');
    }
    const { claim, lineId } = row;
    const { claimId } = claim;
    const line = claim.lines.get(lineId);
    if (line?.approval === undefined || line.state === 'submitted') {
      const { withdraw } = claimTable[claimStateOf(claim)];
      if (withdraw !== 'allow') refuse(withdraw, 'the claim has another line that is decided');
      return [{ type: 'ClaimWithdrawn', data: { claimId } }];
    }
    const data = {
      claimId,
      approval: line.approval,
      lines: [lineId],
      effect: { kind: 'void' as const },
      decision: byAttendance(today, body.session),
    };
    return [{ type: 'ApprovalRevoked', data }];
  },
});

/** What the register caused for a row. A claim that the member made of the session is theirs alone. */
function caused(state: Member, row: Row): ReturnType<typeof standingFor> {
  const found = standingFor(state, row);
  return found?.claim.byRule === true ? found : undefined;
}

function attended({ subject, body }: Command<Row>, session: Session) {
  const { run, cancelled, register } = session;
  if (run === undefined) refuse('session-unknown', 'there is no such session');
  if (cancelled) refuse('session-cancelled', 'this session was cancelled');
  const row = register.get(rowOf({ person: subject, role: body.role }));
  if (row === undefined || row.minutes === 0) {
    refuse('attendance-missing', `the register has nobody of this id as ${body.role}`);
  }
  return { run, ...row };
}

function byAttendance(today: string, session: string): Decision {
  return {
    decidedBy: [],
    decidedOn: today,
    capacity: 'attendance',
    under: session,
    interests: [],
    reasons: [],
  };
}

function byRule(today: string): Decision {
  return { decidedBy: [], decidedOn: today, capacity: 'rule', interests: [], reasons: [] };
}
