import { type Awarded, type AwardLine, awardedBy, type Entry, pointsOf } from './awarded.ts';
import { type CivilDate, lastDayOf } from './civil-date.ts';
import {
  type Amount,
  type ClaimedLine,
  isAwardFact,
  isLineFact,
  isTimelineFact,
  type StatementFact,
} from './facts.ts';
import { accountsOf, type LineAccount } from './standing.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** A claimed line as far as the rules of counting look at it. */
export interface LineDone {
  /** What tells it from other lines of the member. */
  lineId: string;
  kind: string;
  topics: readonly string[];
  attributes: ClaimedLine['attributes'];
  from: CivilDate;
  /** The last day, itself included. */
  last: CivilDate;
  accepted: Amount;
  /** Index of the original claim. */
  claimed: number;
  handedIn: LineAccount['handedIn'];
  decidedOn: CivilDate | undefined;
  underReview: boolean;
  upheld: boolean;
  evidence: number;
  reflected: boolean;
  /** An earlier claim of the member is about the same work. */
  again: boolean;
}

/** What an approval in force awards for a line, in one category of a scheme. */
export interface Award {
  line: LineDone;
  /** The fact that awarded it. */
  approval: string;
  rulebook: { version: number; eventId: string };
  category: string;
  /** Hundredths. */
  points: number;
  /** A scheme that the member joined earlier awarded points for the same line. */
  elsewhere: boolean;
}

/** What a member's facts come to in one scheme, before any rulebook is asked. */
export interface Recorded {
  timeline: Timeline;
  awards: readonly Award[];
  /** Points outside any claim, in any scheme. */
  entries: readonly Entry[];
}

/** Folds a member's facts, in ledger order, without those that were retracted. */
export function recordedBy(
  facts: readonly StatementFact[],
  scheme: string,
): Recorded & { accounts: LineAccount[] } {
  const awarded = awardedBy(facts.filter(isAwardFact));
  const accounts = accountsOf(facts.filter(isLineFact));
  return {
    timeline: timelineOf(facts.filter(isTimelineFact)),
    awards: awardsIn(accounts, awarded, scheme),
    entries: awarded.entries,
    accounts,
  };
}

/** What stands as awarded in a scheme, in the order of approvals. */
function awardsIn(accounts: readonly LineAccount[], awarded: Awarded, scheme: string): Award[] {
  const byLine = new Map<string, LineDone>();
  const inForce = new Map(accounts.map((account) => [account.line.lineId, account]));
  const first = firstSchemes(awarded);
  const repeats = repeatsOf(accounts.map(workOf));
  const awards: Award[] = [];
  for (const award of awarded.lines) {
    const { lineId, approval, rulebook, category } = award;
    const account = inForce.get(lineId);
    if (award.scheme !== scheme || award.state === 'void' || account === undefined) continue;
    if (account.approval !== approval) continue;
    const line = byLine.get(lineId) ?? lineDone(account, repeats.has(lineId));
    byLine.set(lineId, line);
    const elsewhere = isElsewhere(award, first);
    awards.push({ line, approval, rulebook, category, points: pointsOf(award), elsewhere });
  }
  return awards;
}

function lineDone(account: LineAccount, again: boolean): LineDone {
  const { line, accepted = line.quantity } = account;
  return {
    lineId: line.lineId,
    kind: line.kind,
    topics: line.topics,
    attributes: line.attributes,
    from: line.from,
    last: lastDayOf(line),
    accepted,
    claimed: account.claimed,
    handedIn: account.handedIn,
    decidedOn: account.decidedOn,
    underReview: account.underReview,
    upheld: account.upheld,
    evidence: account.evidence,
    reflected: account.reflected,
    again,
  };
}

/**
 * By approval and line: the scheme that awarded points for it first, in the order in which schemes were joined.
 * Nothing where there is one scheme only.
 */
export function firstSchemes({ lines }: Awarded): Map<string, string> {
  const first = new Map<string, string>();
  if (lines.every(({ scheme }) => scheme === lines[0]?.scheme)) return first;
  for (const line of lines) {
    const key = keyOf(line);
    if (line.points > 0 && line.state !== 'void' && !first.has(key)) first.set(key, line.scheme);
  }
  return first;
}

/** Whether another scheme awarded points for the line before this one. */
export function isElsewhere(award: AwardLine, first: ReadonlyMap<string, string>): boolean {
  return first.size > 0 && (first.get(keyOf(award)) ?? award.scheme) !== award.scheme;
}

function keyOf({ approval, lineId }: AwardLine): string {
  return `${approval} ${lineId}`;
}

/** The work that a line is about, if it names one, and whether it was ever approved. */
export interface LineWork {
  lineId: string;
  workRef: string | undefined;
  approved: boolean;
}

function workOf({ line, approval }: LineAccount): LineWork {
  const { workRef } = line.attributes;
  return { lineId: line.lineId, workRef, approved: approval !== undefined };
}

/** Lines about a work that an approved line before them is about; in the order of claims. */
export function repeatsOf(lines: readonly LineWork[]): Set<string> {
  const known = new Set<string>();
  const repeats = new Set<string>();
  for (const { lineId, workRef, approved } of lines) {
    if (workRef === undefined || !approved) continue;
    if (known.has(workRef)) repeats.add(lineId);
    known.add(workRef);
  }
  return repeats;
}
