import type { ClaimLine } from '../../src/events/claim.ts';
import type { AnyNewFact } from '../../src/events/registry.ts';
import type { Actor, Decision } from '../../src/events/shapes.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { type Chronicle, idOf, kidOf } from './chronicle.ts';
import {
  appointment,
  byAdmin,
  type Claim,
  type Line,
  panel,
  people,
  rulebook,
  scheme,
  streamOf,
  type Told,
} from './history-told.ts';

export function claim({ said, claims, pick }: Told): void {
  const everybody = [...people.members, people.double];
  const member = everybody[pick(everybody.length)] as string;
  const name = `claim ${said.events.length}`;
  const lines = Array.from({ length: 1 + pick(2) }, (_, n) => lineOf(`${name}/${n}`, pick(3)));
  const made: Claim = { member, claimId: idOf(name), kid: kidOf(name), lines: [], over: false };
  made.lines = lines.map(({ lineId }) => ({ claim: made, lineId, state: 'open', approval: '' }));
  const data = { claimId: made.claimId, kid: made.kid, lines };
  const facts: AnyNewFact[] = [{ type: 'Claimed', data }];
  const lineIds = lines.map(({ lineId }) => lineId);
  const recorded = pick(3) === 0;
  if (recorded)
    facts.push({
      ...approval(made.claimId, lineIds, decidedBy(said, 'rule'), pick),
      actor: 'rule',
    });
  const by: Actor = pick(4) === 0 ? byAdmin : { id: member, role: 'member' };
  const approved = said.say(streamOf(member), facts, by)[1];
  if (approved !== undefined) stand(made.lines, 'approved', approved.id);
  if (pick(3) === 0) {
    made.evidence = kidOf(`evidence of ${name}`);
    const attached = { claimId: made.claimId, evidenceId: idOf(`of ${name}`), kid: made.evidence };
    said.say(streamOf(member), [{ type: 'EvidenceAttached', data: attached }], by);
  }
  claims.push(made);
}

export function lineOf(name: string, year: number): ClaimLine {
  const quantity = { amount: 90, unit: 'minute' as const };
  const day = {
    from: `${2023 + year}-12-31`,
    until: `${2024 + year - (year === 2 ? 1 : 0)}-01-01`,
  };
  const when = year === 2 ? { from: '2024-06-01', until: '2024-06-02' } : day;
  return { lineId: idOf(name), kind: 'course', quantity, ...when, attributes: {}, topics: [] };
}

export function approve(told: Told): void {
  const [line] = pickLine(told, ['open', 'void']);
  if (line === undefined) return;
  const decision = decidedBy(told.said, (['assessor', 'delegate', 'panel'] as const)[told.pick(3)]);
  const [stored] = decide(
    told,
    line,
    approval(line.claim.claimId, [line.lineId], decision, told.pick),
  );
  stand([line], 'approved', stored.id);
}

export function reject(told: Told): void {
  const [line] = pickLine(told, ['open', 'void']);
  if (line === undefined) return;
  const decision = decidedBy(told.said, 'assessor');
  const { claimId } = line.claim;
  const data = { claimId, lines: [line.lineId], decision };
  const [rejected] = decide(told, line, { type: 'ClaimRejected', data });
  line.state = 'rejected';
  if (told.pick(2) === 0) return;
  const appeal = { claimId, decision: rejected.id };
  const [lodged] = decide(told, line, { type: 'AppealLodged', data: appeal });
  const upheld = told.pick(2) === 0;
  const type = upheld ? 'AppealUpheld' : 'AppealDismissed';
  const other = decidedBy(told.said, 'panel');
  decide(told, line, { type, data: { claimId, appeal: lodged.id, decision: other } });
  if (upheld) line.state = 'open';
}

export function revoke(told: Told): void {
  const [line] = pickLine(told, ['approved', 'ended']);
  if (line === undefined) return;
  const ends = line.state === 'approved' && told.pick(2) === 0;
  const { claimId } = line.claim;
  const effect = ends ? { kind: 'ended' as const, from: '2026-01-01' } : { kind: 'void' as const };
  const about = { claimId, approval: line.approval, lines: [line.lineId], effect };
  const decision = decidedBy(told.said, 'assessor');
  decide(told, line, { type: 'ApprovalRevoked', data: { ...about, decision } });
  line.state = ends ? 'ended' : 'void';
}

export function review(told: Told): void {
  const [line] = pickLine(told, ['approved']);
  if (line === undefined) return;
  const { claimId, lines } = line.claim;
  const about = { claimId, approval: line.approval };
  const opening = { ...about, decision: decidedBy(told.said, 'assessor') };
  const [opened] = decide(told, line, { type: 'ReviewOpened', data: opening });
  const type = told.pick(2) === 0 ? 'ReviewUpheld' : 'ReviewOverturned';
  const closing = { ...about, review: opened.id, decision: decidedBy(told.said, 'delegate') };
  decide(told, line, { type, data: closing });
  if (type === 'ReviewUpheld') return;
  for (const one of lines.filter(({ approval: id }) => id === line.approval)) {
    if (one.state === 'approved' || one.state === 'ended') one.state = 'void';
  }
}

/** Amends or withdraws a claim of which nothing is decided. */
export function restate(told: Told): void {
  const { said, claims, pick } = told;
  const undecided = claims.filter(
    ({ lines, over }) => !over && lines.every(({ state }) => state === 'open'),
  );
  const chosen = undecided[pick(Math.max(1, undecided.length))];
  if (chosen === undefined) return;
  const { claimId, member } = chosen;
  const by: Actor =
    pick(2) === 0 ? { id: people.clerk, role: 'admin' } : { id: member, role: 'member' };
  if (pick(2) === 0) {
    said.say(streamOf(member), [{ type: 'ClaimWithdrawn', data: { claimId } }], by);
    chosen.over = true;
    return;
  }
  const lines = [lineOf(`amended ${said.events.length}`, pick(3))];
  said.say(streamOf(member), [{ type: 'ClaimAmended', data: { claimId, lines } }], by);
  chosen.lines = lines.map(({ lineId }) => ({
    claim: chosen,
    lineId,
    state: 'open',
    approval: '',
  }));
}

function decide({ said }: Told, line: Line, fact: AnyNewFact): [StoredEvent] {
  const by: Actor = { id: people.assessor, role: 'assessor' };
  return said.say(streamOf(line.claim.member), [fact], by) as [StoredEvent];
}

export function decidedBy(said: Chronicle, capacity: Decision['capacity'] = 'assessor'): Decision {
  const base = { decidedOn: said.today(), capacity, interests: [], reasons: [] };
  if (capacity === 'rule') return { ...base, decidedBy: [] };
  if (capacity === 'panel') return { ...base, decidedBy: people.panel.slice(0, 2), under: panel };
  const decider = capacity === 'delegate' ? people.delegate : people.assessor;
  return { ...base, decidedBy: [decider], under: appointment };
}

export function approval(
  claimId: string,
  lineIds: readonly string[],
  decision: Decision,
  pick: Told['pick'],
) {
  const category = pick(2) === 0 ? 'training' : 'self-study';
  const points = 50 * (1 + pick(10));
  return {
    type: 'ClaimApproved' as const,
    data: {
      claimId,
      decision,
      lines: lineIds.map((lineId) => ({
        lineId,
        accepted: { amount: 90, unit: 'minute' as const },
        awards: [{ scheme, rulebook, category, topics: [], points }],
        skills: [],
      })),
    },
  };
}

function stand(lines: readonly Line[], state: Line['state'], approvalId: string): void {
  for (const line of lines) Object.assign(line, { state, approval: approvalId });
}

function pickLine({ claims, pick }: Told, states: readonly Line['state'][]): Line[] {
  const lines = claims
    .filter(({ over }) => !over)
    .flatMap((made) => made.lines)
    .filter(({ state }) => states.includes(state));
  const chosen = lines[pick(Math.max(1, lines.length))];
  return chosen === undefined ? [] : [chosen];
}
