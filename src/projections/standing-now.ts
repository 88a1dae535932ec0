import { type Awarded, type AwardLine, awardedBy } from '../scheme/awarded.ts';
import { lastDayOf } from '../scheme/civil-date.ts';
import {
  type AwardFact,
  type ClaimedLine,
  isAwardFact,
  reflectedOn,
  type StandingFact,
} from '../scheme/facts.ts';
import { firstSchemes, isElsewhere } from '../scheme/recorded.ts';
import { accountsOf, type LineAccount } from '../scheme/standing.ts';
import { dayHandedIn } from './day-handed-in.ts';

/** A fact about a claim, as far as it is kept. */
export type ClaimFact = Exclude<
  AwardFact | StandingFact,
  { type: 'PointsAdjusted' | 'PointsBroughtIn' }
>;

/** Awards stand at the end as category and points, one after another. A line of one day has no `from`. */
export type NowLine = [
  place: number,
  kind: string,
  amount: number,
  unit: string,
  last: string,
  from: string | 0,
  flags: number,
  more: [topics: readonly string[], attributes: ClaimedLine['attributes']] | 0,
  ...awards: (string | number)[],
];
/** What one approval awards in one scheme, by one version of its rulebook. */
export type NowApproval = [scheme: string, version: number, decidedOn: string, ...lines: NowLine[]];

/**
 * What a claim comes to, as it is kept: of lines in force alone, and without the ids of facts, since a report parses
 * one of these for each claim of everybody. Works are those of lines that were ever approved.
 */
export type Now = [
  claimed: number,
  handedIn: string,
  evidence: number,
  approvals: NowApproval[],
  works?: [place: number, workRef: string][],
];

export const UNDER_REVIEW = 1;
export const UPHELD = 2;
export const REFLECTED = 4;
export const ELSEWHERE = 8;

/** What a claim comes to by all its facts that stand; undefined where no rule could ask about it. */
export function nowOf(facts: readonly ClaimFact[]): string | undefined {
  const accounts = accountsOf(facts);
  const approvals = approvalsOf(accounts, awardedBy(facts.filter(isAwardFact)));
  const works = worksOf(accounts);
  const [first] = accounts;
  if (first === undefined || (approvals.length === 0 && works.length === 0)) return undefined;
  const { recordedAt, submittedOn } = first.handedIn;
  const handedIn = submittedOn ?? dayHandedIn({ metadata: { recordedAt } });
  const now: Now = [first.claimed, handedIn, first.evidence, approvals];
  if (works.length > 0) now.push(works);
  return JSON.stringify(now);
}

function approvalsOf(accounts: readonly LineAccount[], awarded: Awarded): NowApproval[] {
  const approvals: NowApproval[] = [];
  const begunBy: AwardLine[] = [];
  const first = firstSchemes(awarded);
  for (const award of awarded.lines) {
    const place = accounts.findIndex(({ line }) => line.lineId === award.lineId);
    const account = accounts[place];
    if (account?.approval !== award.approval || award.state === 'void') continue;
    const { scheme, rulebook, category } = award;
    const at = begunBy.findLastIndex((one) => one.scheme === scheme);
    const before = begunBy[at];
    let into = approvals[at];
    if (
      into === undefined ||
      before?.approval !== award.approval ||
      before.rulebook.version !== rulebook.version
    ) {
      into = [scheme, rulebook.version, account.decidedOn ?? ''];
      approvals.push(into);
      begunBy.push(award);
    }
    const last = into.at(-1);
    if (typeof last === 'object' && last[0] === place) last.push(category, award.points);
    else into.push([...nowLine(account, place, isElsewhere(award, first)), category, award.points]);
  }
  return approvals;
}

function nowLine(
  { line, accepted = line.quantity, underReview, upheld, reflected }: Accepted,
  place: number,
  elsewhere: boolean,
): NowLine {
  const { topics, attributes, from } = line;
  const last = lastDayOf(line);
  return [
    place,
    line.kind,
    accepted.amount,
    accepted.unit,
    last,
    from === last ? 0 : from,
    (underReview ? UNDER_REVIEW : 0) +
      (upheld ? UPHELD : 0) +
      (reflected ? REFLECTED : 0) +
      (elsewhere ? ELSEWHERE : 0),
    topics.length === 0 && isEmpty(attributes) ? 0 : [topics, attributes],
  ];
}

type Accepted = Pick<LineAccount, 'line' | 'accepted' | 'underReview' | 'upheld' | 'reflected'>;

function isEmpty(object: object): boolean {
  for (const _name in object) return false;
  return true;
}

/** A claim of which nothing was approved yet. */
export interface Begun {
  first: Extract<ClaimFact, { type: 'Claimed' }>;
  /** Its lines as they are now. */
  lines: Extract<ClaimFact, { type: 'Claimed' | 'ClaimAmended' }>;
  evidence: number;
}

/**
 * The same as `nowOf` for a claim with its first approval, and nothing after it: most are so, and a rebuild folds
 * millions. Undefined where it would take more than a look.
 */
export function nowApproved(
  { first, lines: claim, evidence }: Begun,
  { data: { lines, decision } }: Extract<ClaimFact, { type: 'ClaimApproved' }>,
): string | undefined {
  const award = lines[0]?.awards[0];
  if (award === undefined) return undefined;
  const { scheme, rulebook } = award;
  const approval: NowApproval = [scheme, rulebook.version, decision.decidedOn];
  for (const { lineId, accepted, awards } of lines) {
    const place = claim.data.lines.findIndex((line) => line.lineId === lineId);
    const line = claim.data.lines[place];
    if (line === undefined || line.attributes.workRef !== undefined) return undefined;
    const reflected = reflectedOn(claim.data, place);
    const kept = nowLine(
      { line, accepted, underReview: false, upheld: false, reflected },
      place,
      false,
    );
    for (const one of awards) {
      if (one.scheme !== scheme || one.rulebook.version !== rulebook.version) return undefined;
      kept.push(one.category, one.points);
    }
    if (awards.length > 0) approval.push(kept);
  }
  const { recordedAt, submittedOn } = first.metadata;
  const handedIn = submittedOn?.on ?? dayHandedIn({ metadata: { recordedAt } });
  return JSON.stringify([first.index, handedIn, evidence, [approval]] satisfies Now);
}

function worksOf(accounts: readonly LineAccount[]): [number, string][] {
  const works: [number, string][] = [];
  accounts.forEach(({ line, approval }, place) => {
    const { workRef } = line.attributes;
    if (workRef !== undefined && approval !== undefined) works.push([place, workRef]);
  });
  return works;
}
