import fc from 'fast-check';
import type { AnyNewFact } from '../../src/events/registry.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { type Chronicle, chronicle, idOf, kidOf } from './chronicle.ts';
import { decidedBy } from './history-claims.ts';
import { byAdmin, people, streamOf } from './history-told.ts';
import { publish, reorganise, tellOfBodies } from './skill-history-society.ts';

/** What has been said so far, as far as the next step needs it. */
export interface Told {
  said: Chronicle;
  pick(of: number): number;
  /** Credits that run, with the day observed last; approvals with lines. */
  credits: { member: string; creditId: string; observedOn: string }[];
  approvals: { member: string; approval: string; claimId: string; lineIds: string[] }[];
  posts: { member: string; employmentId: string; from: string }[];
  /** Facts that may be retracted. */
  retractable: { member: string; eventId: string }[];
  versions: number;
  absorbed: boolean;
}

export const framework = idOf('framework');
export const skills = ['designing', 'securing', 'buying', 'writing'].map(idOf);
export const levels = ['aware', 'working', 'expert'];
export const days = [
  '2023-03-31',
  '2023-11-01',
  '2024-02-29',
  '2024-08-31',
  '2025-01-01',
  '2025-06-15',
  '2025-12-01',
  '2026-01-04',
];
export const everybody = [...people.members, people.double];
const sources = ['self', 'peer', 'manager', 'external', 'recognition'] as const;

/** Histories of skills, posts and bodies: credits in all their lives, revocations, retractions, reorganisations. */
export const skillHistories: fc.Arbitrary<StoredEvent[]> = fc
  .array(fc.nat(9_999), { minLength: 150, maxLength: 600 })
  .map((choices) => shown(historyOf(choices)));

function historyOf(choices: readonly number[]): StoredEvent[] {
  const said = chronicle();
  let next = 0;
  const told: Told = {
    said,
    pick: (of) => (choices[next++] ?? 0) % of,
    credits: [],
    approvals: [],
    posts: [],
    retractable: [],
    versions: 0,
    absorbed: false,
  };
  begin(told);
  while (next < choices.length) (steps[told.pick(steps.length)] as (told: Told) => void)(told);
  return said.events;
}

function shown(events: StoredEvent[]): StoredEvent[] {
  const text = () => events.map(({ type, stream }) => `${type} ${stream.slice(0, 14)}`).join(', ');
  return Object.defineProperty(events, fc.toStringMethod, { value: text, enumerable: false });
}

function begin(told: Told): void {
  tellOfBodies(told);
  publish(told);
  for (const [n, person] of everybody.entries()) {
    const grade = n % 2 === 0 ? 'full' : 'associate';
    const data = { person, kid: kidOf(person), grade, on: days[n % 3] as string };
    told.said.say(streamOf(person), [{ type: 'Registered', data }], byAdmin);
  }
  for (let n = 0; n < 4; n++) employ(told);
}

const steps: ((told: Told) => void)[] = [
  credit,
  credit,
  credit,
  approve,
  approve,
  reassess,
  reassess,
  endCredit,
  revoke,
  revoke,
  employ,
  employ,
  changePost,
  membership,
  retract,
  reorganise,
  publish,
  absorb,
];

export function say(told: Told, member: string, fact: AnyNewFact, mayGo = false): StoredEvent {
  const [stored] = told.said.say(streamOf(member), [fact], byAdmin) as [StoredEvent];
  if (mayGo) told.retractable.push({ member, eventId: stored.id });
  return stored;
}

export const dayOf = ({ pick }: Told): string => days[pick(days.length)] as string;
const memberOf = ({ pick }: Told): string => everybody[pick(everybody.length)] as string;

function skillAtLevel(told: Told) {
  const version = 1 + told.pick(told.versions);
  // The last skill has no levels.
  const n = told.pick(skills.length);
  const skill = skills[n] as string;
  const level = n === skills.length - 1 ? 'held' : (levels[told.pick(levels.length)] as string);
  return { framework: { id: framework, version }, skill, level };
}

function observed(told: Told, observedOn: string) {
  const ends = told.pick(4) === 0 ? { validUntil: '2025-09-01' } : {};
  const source = sources[told.pick(sources.length)] as (typeof sources)[number];
  const until = observedOn < '2025-09-01' ? ends : {};
  return { source, by: people.assessor, observedOn, ...until };
}

function credit(told: Told): void {
  const [member, observedOn] = [memberOf(told), dayOf(told)];
  const creditId = idOf(`credit ${told.said.events.length}`);
  const data = { creditId, ...skillAtLevel(told), ...observed(told, observedOn) };
  say(told, member, { type: 'SkillCredited', data }, true);
  told.credits.push({ member, creditId, observedOn });
}

function reassess(told: Told): void {
  const one = told.credits[told.pick(Math.max(1, told.credits.length))];
  if (one === undefined) return;
  const later = days.filter((day) => day >= one.observedOn);
  one.observedOn = later[told.pick(later.length)] as string;
  const level = levels[told.pick(levels.length)] as string;
  const data = { creditId: one.creditId, level, ...observed(told, one.observedOn) };
  say(told, one.member, { type: 'SkillReassessed', data }, true);
}

function endCredit(told: Told): void {
  const [one] = told.credits.splice(told.pick(Math.max(1, told.credits.length)), 1);
  if (one === undefined) return;
  const until = days.find((day) => day > one.observedOn) ?? '2026-01-05';
  say(told, one.member, { type: 'SkillEnded', data: { creditId: one.creditId, until } }, true);
}

function approve(told: Told): void {
  const member = memberOf(told);
  const name = `claim ${told.said.events.length}`;
  const claimId = idOf(name);
  const lineIds = Array.from({ length: 1 + told.pick(2) }, (_, n) => idOf(`${name}/${n}`));
  const decision = { ...decidedBy(told.said), decidedOn: dayOf(told) };
  const lines = lineIds.map((lineId) => ({
    lineId,
    accepted: { amount: 60, unit: 'minute' as const },
    awards: [],
    skills: Array.from({ length: told.pick(3) }, () => skillAtLevel(told)),
  }));
  const stored = say(told, member, { type: 'ClaimApproved', data: { claimId, decision, lines } });
  told.approvals.push({ member, approval: stored.id, claimId, lineIds });
}

function revoke(told: Told): void {
  const one = told.approvals[told.pick(Math.max(1, told.approvals.length))];
  if (one === undefined) return;
  const { member, approval, claimId, lineIds } = one;
  const decision = decidedBy(told.said);
  if (told.pick(4) === 0) {
    const review = idOf(`review ${told.said.events.length}`);
    say(told, member, { type: 'ReviewOverturned', data: { claimId, approval, review, decision } });
    return;
  }
  const ends = { kind: 'ended' as const, from: dayOf(told) };
  const effect = told.pick(2) === 0 ? ends : { kind: 'void' as const };
  const lines = told.pick(2) === 0 ? lineIds : lineIds.slice(0, 1);
  const data = { claimId, approval, lines, effect, decision };
  say(told, member, { type: 'ApprovalRevoked', data });
}

function employ(told: Told): void {
  const member = memberOf(told);
  const employmentId = idOf(`employment ${told.said.events.length}`);
  const organisation = idOf(`body ${told.pick(6)}`);
  const from = dayOf(told);
  const share = { num: 1 + told.pick(3), den: 3 };
  const data = { employmentId, organisation, share, from };
  say(told, member, { type: 'EmploymentStarted', data }, true);
  told.posts.push({ member, employmentId, from });
}

function changePost(told: Told): void {
  const at = told.pick(Math.max(1, told.posts.length));
  const post = told.posts[at];
  if (post === undefined) return;
  const { member, employmentId } = post;
  const from = days.find((day) => day > post.from) ?? '2026-01-05';
  if (told.pick(2) === 0) {
    const data = { employmentId, share: { num: 1 + told.pick(4), den: 4 }, from };
    say(told, member, { type: 'EmploymentChanged', data }, true);
    return;
  }
  told.posts.splice(at, 1);
  say(told, member, { type: 'EmploymentEnded', data: { employmentId, until: from } }, true);
}

function membership(told: Told): void {
  const [member, effectiveOn] = [memberOf(told), dayOf(told)];
  const grade = told.pick(2) === 0 ? 'fellow' : 'full';
  const facts: AnyNewFact[] = [
    { type: 'GradeChanged', data: { grade, effectiveOn } },
    { type: 'Lapsed', data: { effectiveOn } },
    { type: 'Reinstated', data: { effectiveOn } },
    { type: 'Rejoined', data: { effectiveOn, grade, continuity: 'kept' } },
    { type: 'Died', data: { effectiveOn } },
  ];
  say(told, member, facts[told.pick(facts.length)] as AnyNewFact, true);
}

function retract(told: Told): void {
  const { retractable, pick, said } = told;
  const [one] = retractable.splice(pick(Math.max(1, retractable.length)), 1);
  if (one === undefined) return;
  const correction = idOf(`correction ${said.events.length}`);
  const data = { eventId: one.eventId, reasons: ['entered-wrongly'], correction };
  say(told, one.member, { type: 'FactRetracted', data });
}

function absorb(told: Told): void {
  if (told.absorbed) return;
  told.absorbed = true;
  const [survivor = ''] = people.members;
  say(told, survivor, { type: 'Absorbed', data: { duplicate: people.double } }, true);
  say(told, people.double, { type: 'MergedInto', data: { survivor } });
}
