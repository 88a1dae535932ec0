import type { Decision } from '../events/shapes.ts';
import { Uuid } from '../events/shapes.ts';
import { within } from '../scheme/civil-date.ts';
import type { Award } from './award.ts';
import { type Claim, lineStateOf } from './claim-state.ts';
import { type LineCommand, lineTable } from './claim-table.ts';
import type { Command } from './define.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';
import { type Appointment, appointmentsOf } from './scheme-state.ts';
import type { JoinedSchemes } from './schemes-of-member.ts';

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

/** Nobody decides on their own claim, nor on one that they entered for another (contract, 1). */
export function notOwn(
  command: Command<unknown>,
  claim: Claim,
  decidedBy: readonly string[],
): void {
  const involved = [command.subject, claim.enteredBy];
  const own = involved.some((id) => decidedBy.includes(id) || command.own.has(id));
  if (own) refuse('own-claim', 'nobody decides on their own claim, or on one that they entered');
}

/** A panel's decision, recorded by one of those who took it. */
export const PanelDecision = { panelId: Uuid, members: Uuid.array().min(1).max(20) };

export interface Deciding {
  panel?: { panelId: string; members: string[] } | undefined;
  reasons?: string[] | undefined;
}

/**
 * On whose authority a decision about these awards stands: a panel, where one is named, else the first
 * appointment of the actor in force today that covers every award.
 *
 * @throws Rejection `not-appointed`, `outside-appointment`, `panel-unknown`, `quorum-short`, `own-claim`
 */
export function decisionOf(
  command: Command<Deciding>,
  claim: Claim,
  schemes: JoinedSchemes,
  awards: readonly Award[],
): Decision {
  const { panel, reasons = [] } = command.body;
  const base = { decidedOn: command.today, reasons };
  if (panel !== undefined) {
    const decidedBy = panelMembers(command, schemes, panel);
    notOwn(command, claim, decidedBy);
    const interests = interestsOf(command, claim, schemes, decidedBy);
    return { ...base, interests, decidedBy, capacity: 'panel', under: panel.panelId };
  }
  const decidedBy = [command.actor.id];
  notOwn(command, claim, decidedBy);
  const found = schemes.flatMap(({ scheme }) => appointmentsOf(scheme, command.own, command.today));
  if (found.length === 0) {
    refuse('not-appointed', `no appointment of yours is in force on ${command.today}`);
  }
  const fitting = found.find(({ appointment }) =>
    awards.every((award) => covers(appointment, award)),
  );
  if (fitting === undefined) {
    refuse('outside-appointment', 'your appointment does not cover these categories or points');
  }
  const { appointment, capacity } = fitting;
  const interests = interestsOf(command, claim, schemes, decidedBy);
  return { ...base, interests, decidedBy, capacity, under: appointment.appointmentId };
}

function covers({ categories, mostPoints }: Appointment, award: Award): boolean {
  return (
    (categories === undefined || categories.includes(award.category)) &&
    (mostPoints === undefined || award.points <= mostPoints)
  );
}

function panelMembers(
  command: Command<Deciding>,
  schemes: JoinedSchemes,
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
  if (sitting.length < panel.quorum) {
    refuse('quorum-short', `${panel.quorum} must decide together, not ${sitting.length}`);
  }
  return sitting.sort();
}

/** Interests in the member that the deciders have declared: noted with the decision. */
function interestsOf(
  command: Command<unknown>,
  _claim: Claim,
  schemes: JoinedSchemes,
  decidedBy: readonly string[],
): string[] {
  const found = schemes.flatMap(({ scheme }) =>
    scheme.interests.filter(
      (interest) =>
        interest.in === command.subject &&
        decidedBy.includes(interest.person) &&
        within(command.today, interest),
    ),
  );
  return found.map(({ interestId }) => interestId);
}
