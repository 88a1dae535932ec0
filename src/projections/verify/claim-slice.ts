import type { AnyFact } from '../../events/registry.ts';
import { systemActors } from '../../events/shapes.ts';
import { type Awarded, followAward, nothingAwarded, yearOf } from '../../scheme/awarded.ts';
import { isAwardFact } from '../../scheme/facts.ts';
import type { Accounts, Posted } from './accounts.ts';

/** What an auditor keeps of a claimed line. */
export interface LineSlice {
  lineId: string;
  cycle: string;
  state: 'open' | 'approved' | 'ended' | 'void' | 'rejected' | 'withdrawn';
  /** The `ClaimApproved` under which it stands or stood. */
  approval: string;
  posted: readonly Posted[];
}

export interface ClaimSlice {
  /** Who made it or stated it anew, or acted for who did. */
  enteredBy: readonly string[];
  lines: LineSlice[];
  /** Who rejected lines, by the fact's id; and by an appeal's id, which rejection it is against. */
  rejections?: Map<string, { decidedBy: readonly string[]; lines: readonly string[] }>;
  appeals?: Map<string, string>;
}

/** What an auditor keeps of a member. */
export interface MemberSlice {
  claims: Map<string, ClaimSlice>;
  /** Points outside any claim, by the fact's id. */
  entries: Map<string, Posted>;
  /** What the rules' own fold makes of the same facts: the members' side of the trial balance. */
  awarded: Awarded;
}

export function emptySlice(): MemberSlice {
  return { claims: new Map(), entries: new Map(), awarded: nothingAwarded() };
}

type FactOfType<T extends AnyFact['type']> = Extract<AnyFact, { type: T }>;

export interface Replay {
  accounts: Pick<Accounts, 'of' | 'post'>;
  /** Tells what is wrong with the fact at hand. */
  say(wrong: string): void;
}

/** Follows one fact of a member: what it does to claims, and what it posts. Tells what cannot follow. */
export function followSlice(slice: MemberSlice, fact: AnyFact, replay: Replay): void {
  if (isAwardFact(fact)) followAward(slice.awarded, fact);
  switch (fact.type) {
    case 'Claimed':
      if (slice.claims.has(fact.data.claimId)) replay.say(`claim ${fact.data.claimId} is there`);
      slice.claims.set(fact.data.claimId, {
        enteredBy: [enteredBy(fact)],
        lines: opened(fact),
      });
      return;
    case 'PointsAdjusted':
    case 'PointsBroughtIn': {
      const { scheme, cycle, category, points } = fact.data;
      const posted = { account: replay.accounts.of(scheme, cycle, category), points };
      slice.entries.set(fact.id, posted);
      replay.accounts.post(posted, 1);
      return;
    }
    default:
      if (!('claimId' in fact.data)) return;
      followClaim(slice.claims.get(fact.data.claimId), fact, replay);
  }
}

function followClaim(claim: ClaimSlice | undefined, fact: AnyFact, replay: Replay): void {
  if (claim === undefined) {
    replay.say(`claim ${(fact.data as { claimId: string }).claimId} was never made`);
    return;
  }
  switch (fact.type) {
    case 'ClaimAmended':
      if (claim.lines.some(decided)) replay.say('amends a claim of which something is decided');
      claim.lines = opened(fact);
      if (!claim.enteredBy.includes(enteredBy(fact))) {
        claim.enteredBy = [...claim.enteredBy, enteredBy(fact)];
      }
      return;
    case 'ClaimWithdrawn':
      if (claim.lines.some(decided)) replay.say('withdraws a claim of which something is decided');
      for (const line of claim.lines) setAside(line, 'withdrawn', replay);
      return;
    case 'ClaimApproved':
      approve(claim, fact, replay);
      return;
    case 'ClaimRejected':
      for (const line of named(claim, fact.data.lines, replay)) {
        if (line.state !== 'open' && line.state !== 'void') cannot(line, 'rejected', replay);
        setAside(line, 'rejected', replay);
      }
      claim.rejections ??= new Map();
      claim.rejections.set(fact.id, { ...fact.data.decision, lines: fact.data.lines });
      return;
    case 'ApprovalRevoked':
      revoke(claim, fact, replay);
      return;
    case 'ReviewOverturned':
      for (const line of claim.lines) {
        if (line.approval === fact.data.approval && standing(line)) setAside(line, 'void', replay);
      }
      return;
    case 'AppealLodged':
      if (!claim.rejections?.has(fact.data.decision)) {
        replay.say(`appeals against ${fact.data.decision}, which is no rejection of this claim`);
      }
      claim.appeals ??= new Map();
      claim.appeals.set(fact.id, fact.data.decision);
      return;
    case 'AppealUpheld': {
      const rejection = claim.rejections?.get(claim.appeals?.get(fact.data.appeal) ?? '');
      if (rejection === undefined) replay.say(`there is no appeal ${fact.data.appeal}`);
      for (const line of named(claim, rejection?.lines ?? [], replay)) line.state = 'open';
      return;
    }
  }
}

function enteredBy({ metadata }: AnyFact): string {
  const { id, onBehalfOf } = metadata.actor;
  return SYSTEM.has(id) && onBehalfOf !== undefined ? onBehalfOf : id;
}

const NOTHING: readonly Posted[] = [];
const SYSTEM: ReadonlySet<string> = new Set(Object.values(systemActors));

function opened({ data }: FactOfType<'Claimed' | 'ClaimAmended'>): LineSlice[] {
  return data.lines.map(({ lineId, until }) => {
    return { lineId, cycle: cycleUntil(until), state: 'open', approval: '', posted: NOTHING };
  });
}

/** The cycle in which the day before lies: there are few days and many lines. */
function cycleUntil(until: string): string {
  const known = cycles.get(until);
  if (known !== undefined) return known;
  const cycle = yearOf({ until });
  cycles.set(until, cycle);
  return cycle;
}

const cycles = new Map<string, string>();

function approve(claim: ClaimSlice, fact: FactOfType<'ClaimApproved'>, replay: Replay): void {
  for (const { lineId, awards } of fact.data.lines) {
    for (const line of named(claim, [lineId], replay)) {
      if (line.state !== 'open' && line.state !== 'void') cannot(line, 'approved', replay);
      setAside(line, 'approved', replay);
      line.approval = fact.id;
      line.posted = awards.map(({ scheme, category, points }) => ({
        account: replay.accounts.of(scheme, line.cycle, category),
        points,
      }));
      for (const posted of line.posted) replay.accounts.post(posted, 1);
    }
  }
}

function revoke(claim: ClaimSlice, fact: FactOfType<'ApprovalRevoked'>, replay: Replay): void {
  const { approval, lines, effect } = fact.data;
  for (const line of named(claim, lines, replay)) {
    if (line.approval !== approval) {
      replay.say(`line ${line.lineId} does not stand under approval ${approval}`);
    } else if (effect.kind === 'void') {
      if (!standing(line)) cannot(line, 'revoked', replay);
      setAside(line, 'void', replay);
    } else if (line.state === 'approved') line.state = 'ended';
    else cannot(line, 'ended', replay);
  }
}

/** Whatever it awarded so far it awards no more. */
function setAside(line: LineSlice, state: LineSlice['state'], replay: Replay): void {
  if (standing(line)) for (const posted of line.posted) replay.accounts.post(posted, -1);
  line.state = state;
}

function standing({ state }: LineSlice): boolean {
  return state === 'approved' || state === 'ended';
}

function decided({ state }: LineSlice): boolean {
  return state !== 'open';
}

function named(claim: ClaimSlice, lineIds: readonly string[], replay: Replay): LineSlice[] {
  return lineIds.flatMap((lineId) => {
    const line = claim.lines.find((known) => known.lineId === lineId);
    if (line === undefined) replay.say(`there is no line ${lineId} in this claim`);
    return line === undefined ? [] : [line];
  });
}

function cannot(line: LineSlice, become: string, replay: Replay): void {
  replay.say(`line ${line.lineId} is ${line.state} and cannot be ${become}`);
}
