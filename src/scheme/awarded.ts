import { type CivilDate, lastDayOf } from './civil-date.ts';
import type { AwardFact } from './facts.ts';

/** What one approval awarded for one line in one scheme and category. */
export interface AwardLine {
  claimId: string;
  lineId: string;
  /** The id of the `ClaimApproved` fact. */
  approval: string;
  scheme: string;
  rulebook: { version: number; eventId: string };
  category: string;
  /** The calendar year in which the line ended: by it awarded points are summed, whatever a scheme’s cycles are. */
  cycle: string;
  until: CivilDate;
  /** Hundredths, fixed at the decision whatever became of it: see `pointsOf`. */
  points: number;
  /** `ended`: from a day on it credits no skill, and keeps its points. `void`: it never counted. */
  state: 'awarded' | 'ended' | 'void';
  underReview: boolean;
}

/** Points that stand outside any claim. */
export interface Entry {
  kind: 'adjusted' | 'brought-in';
  event: string;
  scheme: string;
  cycle: string;
  category: string;
  points: number;
  lapsesOn?: CivilDate;
}

/** What a member was awarded, folded from their facts. */
export interface Awarded {
  lines: AwardLine[];
  entries: Entry[];
  /** By claim and line: the day on which the line ended. */
  claims: Map<string, Map<string, CivilDate>>;
}

/** One sum of awarded points. */
export interface AwardedSum {
  scheme: string;
  cycle: string;
  category: string;
  points: number;
}

/** The calendar year in which an interval ends. */
export function yearOf(days: { until: CivilDate }): string {
  return lastDayOf(days).slice(0, 4);
}

export function nothingAwarded(): Awarded {
  return { lines: [], entries: [], claims: new Map() };
}

/**
 * Follows one fact, in place. Facts come in ledger order, without those that were retracted.
 * A line of an unknown claim is passed over: `verify` reports such a history.
 */
export function followAward(state: Awarded, fact: AwardFact): void {
  switch (fact.type) {
    case 'Claimed':
    case 'ClaimAmended':
      state.claims.set(
        fact.data.claimId,
        new Map(fact.data.lines.map(({ lineId, until }) => [lineId, until])),
      );
      return;
    case 'ClaimWithdrawn':
      voidLines(state, ({ claimId }) => claimId === fact.data.claimId);
      return;
    case 'ClaimApproved':
      approve(state, fact);
      return;
    case 'ApprovalRevoked':
      revoke(state, fact.data);
      return;
    case 'ReviewOpened':
      setUnderReview(state, fact.data.approval, true);
      return;
    case 'ReviewUpheld':
      setUnderReview(state, fact.data.approval, false);
      return;
    case 'ReviewOverturned':
      setUnderReview(state, fact.data.approval, false);
      voidLines(state, ({ approval }) => approval === fact.data.approval);
      return;
    case 'PointsAdjusted':
    case 'PointsBroughtIn':
      state.entries.push(entryOf(fact));
  }
}

/** What these facts award; facts in ledger order, without those that were retracted. */
export function awardedBy(facts: readonly AwardFact[]): Awarded {
  const state = nothingAwarded();
  for (const fact of facts) followAward(state, fact);
  return state;
}

/** What a line contributes now, in hundredths: nothing when it is void. */
export function pointsOf(line: AwardLine): number {
  return line.state === 'void' ? 0 : line.points;
}

/** Sums by scheme, cycle and category, in that order; what sums to nothing is left out. */
export function awardedSums({ lines, entries }: Awarded): AwardedSum[] {
  const sums = new Map<string, AwardedSum>();
  const add = (scheme: string, cycle: string, category: string, points: number): void => {
    const key = `${scheme} ${cycle} ${category}`;
    const sum = sums.get(key) ?? { scheme, cycle, category, points: 0 };
    sum.points += points;
    sums.set(key, sum);
  };
  for (const line of lines) add(line.scheme, line.cycle, line.category, pointsOf(line));
  for (const entry of entries) add(entry.scheme, entry.cycle, entry.category, entry.points);
  return [...sums]
    .filter(([, { points }]) => points !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

function approve(state: Awarded, { id, data }: Extract<AwardFact, { type: 'ClaimApproved' }>) {
  const claim = state.claims.get(data.claimId);
  for (const { lineId, awards } of data.lines) {
    const until = claim?.get(lineId);
    if (until === undefined) continue;
    const cycle = yearOf({ until });
    for (const { scheme, rulebook, category, points } of awards) {
      // Member by member: every rebuild and statement comes by here, and spreading costs ten times as much.
      state.lines.push({
        claimId: data.claimId,
        lineId,
        approval: id,
        scheme,
        rulebook,
        category,
        cycle,
        until,
        points,
        state: 'awarded',
        underReview: false,
      });
    }
  }
}

function revoke(state: Awarded, data: Extract<AwardFact, { type: 'ApprovalRevoked' }>['data']) {
  const { approval, lines, effect } = data;
  for (const line of state.lines) {
    if (line.approval !== approval || !lines.includes(line.lineId)) continue;
    // Void is for good: to end what never was would give it back its points.
    if (effect.kind === 'void') line.state = 'void';
    else if (line.state === 'awarded') line.state = 'ended';
  }
}

function voidLines(state: Awarded, which: (line: AwardLine) => boolean): void {
  for (const line of state.lines) if (which(line)) line.state = 'void';
}

function setUnderReview(state: Awarded, approval: string, underReview: boolean): void {
  for (const line of state.lines) if (line.approval === approval) line.underReview = underReview;
}

function entryOf(fact: Extract<AwardFact, { type: 'PointsAdjusted' | 'PointsBroughtIn' }>): Entry {
  const { scheme, cycle, category, points } = fact.data;
  const base = { event: fact.id, scheme, cycle, category, points };
  if (fact.type === 'PointsAdjusted') return { kind: 'adjusted', ...base };
  const { lapsesOn } = fact.data;
  return { kind: 'brought-in', ...base, ...(lapsesOn === undefined ? {} : { lapsesOn }) };
}
