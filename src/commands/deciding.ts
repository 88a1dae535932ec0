import type { Decision } from '../events/shapes.ts';
import { Uuid } from '../events/shapes.ts';
import { within } from '../scheme/civil-date.ts';
import { type Award, categoriesOf } from './award.ts';
import { type Claim, lineStateOf } from './claim-state.ts';
import { type LineCommand, lineTable } from './claim-table.ts';
import type { Command, Load } from './define.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';
import { idsOfHuman } from './same-human.ts';
import { type Appointment, appointmentsOf } from './scheme-state.ts';
import { type JoinedSchemes, joinedSchemes } from './schemes-of-member.ts';

/** The claim of the path; a claim nobody made has no lines either. */
export function knownClaim(command: Command<unknown>, state: Member): Claim {
  const claim = state.claims.get(command.path['claim'] ?? '');
  if (claim === undefined) refuse('claim-unknown', 'this member has no such claim');
  return claim;
}

/** Refuses a line whose state does not permit the command, by the table of a claim's life. */
export function permitLine(claim: Claim, lineId: string, command: LineCommand): void {
  const state = lineStateOf(claim, lineId);
  const verdict = lineTable[state][command];
  if (verdict !== 'allow')
    refuse(verdict, `line ${lineId} is ${state}: ${command} is not possible`);
}

/** What a decision on a claim depends on beside the claim. */
export interface Circumstances {
  schemes: JoinedSchemes;
  /** Every id of the claimant, and of who entered the claim for them, or stated it anew. */
  involved: ReadonlySet<string>;
  /** One id for each human, of those who sat on the panel of the body. */
  humanOf: ReadonlyMap<string, string>;
}

/** Loads the schemes of the member, and who is too near to the claim of the path to decide on it. */
export async function circumstances(
  load: Load,
  command: Command<unknown>,
  state: Member,
): Promise<Circumstances> {
  const involved = await idsOfHuman(load, command.subject);
  for (const entering of state.claims.get(command.path['claim'] ?? '')?.enteredBy ?? []) {
    for (const id of await idsOfHuman(load, entering)) involved.add(id);
  }
  const { panel } = command.body as Deciding;
  const humanOf = new Map<string, string>();
  for (const id of panel?.members ?? []) {
    humanOf.set(id, [...(await idsOfHuman(load, id))].sort()[0] ?? id);
  }
  return { schemes: await joinedSchemes(load, command, state), involved, humanOf };
}

/** Nobody decides on their own claim, nor on one that they entered for another (contract, 1). */
function notOwn(
  command: Command<unknown>,
  { involved }: Circumstances,
  decidedBy: readonly string[],
): void {
  if ([...decidedBy, ...command.own].some((id) => involved.has(id))) {
    refuse('own-claim', 'nobody decides on their own claim, or on one that they entered');
  }
}

/** A panel's decision, recorded by one of those who took it. */
export const PanelDecision = { panelId: Uuid, members: Uuid.array().min(1).max(20) };

export interface Deciding {
  panel?: { panelId: string; members: string[] } | undefined;
  reasons?: string[] | undefined;
}

/** What a decision is about, line by line: in which scheme what category, and the points where some are awarded. */
export type Concern = Pick<Award, 'scheme' | 'category'> & { lineId: string; points?: number };

/** What a decision on these lines concerns: the categories of what they were awarded, or would be. */
export function concernsOf(
  schemes: JoinedSchemes,
  claim: Claim,
  lineIds: readonly string[],
): Concern[] {
  return lineIds.flatMap((lineId) => {
    const line = claim.lines.get(lineId);
    if (line === undefined) return [];
    const places = line.awards.length > 0 ? line.awards : categoriesOf(schemes, line.line);
    return places.map(({ scheme, category }) => ({ lineId, scheme, category }));
  });
}

/**
 * On whose authority a decision stands: a panel, where one is named, else the first appointment of the actor that
 * is in force today, in a scheme that every line is about, and covers what is concerned there. Where a line counts in
 * two schemes, an assessor of either decides on it (docs/adr/0016-who-decides-on-a-line-of-two-schemes.md).
 *
 * @throws Rejection `not-appointed`, `outside-appointment`, `panel-unknown`, `quorum-short`, `own-claim`
 */
export function decisionOf(
  command: Command<Deciding>,
  state: Member,
  about: Circumstances,
  concerns: readonly Concern[],
): Decision {
  const { panel, reasons = [] } = command.body;
  const decidedBy = panel === undefined ? [command.actor.id] : panelMembers(command, about, panel);
  notOwn(command, about, decidedBy);
  const under =
    panel === undefined
      ? appointmentFor(command, about, concerns)
      : { capacity: 'panel' as const, under: panel.panelId };
  const interests = interestsOf(command, state, about, decidedBy);
  return { decidedBy, decidedOn: command.today, reasons, interests, ...under };
}

function appointmentFor(
  { own, today }: Command<unknown>,
  { schemes }: Circumstances,
  concerns: readonly Concern[],
): Pick<Decision, 'capacity' | 'under'> {
  const held = schemes.flatMap(({ id, scheme }) =>
    appointmentsOf(scheme, own, today).map((one) => ({ ...one, scheme: id })),
  );
  if (held.length === 0) refuse('not-appointed', `no appointment of yours is in force on ${today}`);
  const lineIds = [...new Set(concerns.map(({ lineId }) => lineId))];
  const fitting = held.find(({ appointment, scheme }) => {
    const here = concerns.filter((concern) => concern.scheme === scheme);
    const reaches = lineIds.every((id) => here.some(({ lineId }) => lineId === id));
    return reaches && here.every((concern) => covers(appointment, concern));
  });
  if (fitting === undefined) {
    refuse(
      'outside-appointment',
      'your appointment does not cover these schemes, categories or points',
    );
  }
  return { capacity: fitting.capacity, under: fitting.appointment.appointmentId };
}

function covers({ categories, mostPoints }: Appointment, { category, points }: Concern): boolean {
  return (
    (categories === undefined || categories.includes(category)) &&
    (mostPoints === undefined || points === undefined || points <= mostPoints)
  );
}

function panelMembers(
  command: Command<Deciding>,
  { schemes, humanOf }: Circumstances,
  { panelId, members }: { panelId: string; members: string[] },
): string[] {
  const panel = schemes.map(({ scheme }) => scheme.panels.get(panelId)).find(Boolean);
  if (panel === undefined || !within(command.today, panel)) {
    refuse('panel-unknown', `no panel ${panelId} is in being on ${command.today}`);
  }
  const sitting = [...new Set(members)];
  const strange = sitting.find((id) => !panel.members.includes(id));
  if (strange !== undefined) refuse('not-appointed', `${strange} does not sit on this panel`);
  if (!sitting.some((id) => command.own.has(id))) {
    refuse('not-appointed', 'a panel’s decision is recorded by one who took it');
  }
  const humans = new Set(sitting.map((id) => humanOf.get(id) ?? id)).size;
  if (humans < panel.quorum) {
    refuse('quorum-short', `${panel.quorum} must decide together, not ${humans}`);
  }
  return sitting.sort();
}

/** Interests that the deciders have declared in the member or in who employs them: noted, no bar. */
function interestsOf(
  { own, today, subject }: Command<unknown>,
  { erasure, posts }: Member,
  { schemes }: Circumstances,
  decidedBy: readonly string[],
): string[] {
  const near = new Set([subject, ...erasure.absorbed]);
  for (const post of [...posts.employments.values(), ...posts.placements.values()]) {
    if (within(today, post)) near.add(post.organisation);
  }
  const declared = schemes.flatMap(({ scheme }) => scheme.interests);
  const found = declared.filter(
    (interest) =>
      near.has(interest.in) &&
      (decidedBy.includes(interest.person) || own.has(interest.person)) &&
      within(today, interest),
  );
  return [...new Set(found.map(({ interestId }) => interestId))].slice(0, MOST_INTERESTS);
}

/** What a decision holds; more are found in the scheme's stream. */
const MOST_INTERESTS = 50;
