import type { CivilDate } from './civil-date.ts';
import {
  type Amount,
  type AwardFact,
  type ClaimedLine,
  reflectedOn,
  type StandingFact,
} from './facts.ts';

export type LineStanding =
  | 'submitted'
  | 'returned'
  | 'withdrawn'
  | 'rejected'
  | 'approved'
  | 'ended'
  | 'revoked';

/** How one claimed line stands, and the facts that brought it there. */
export interface LineAccount {
  claimId: string;
  line: ClaimedLine;
  /** Index of the original claim: revoking and approving again gives back the same place in an order. */
  claimed: number;
  /** When it was handed in: `recordedAt`, or the day that was stated. */
  handedIn: { recordedAt: string; submittedOn?: CivilDate };
  standing: LineStanding;
  /** What the approval in force accepted. */
  accepted: Amount | undefined;
  approval: string | undefined;
  decidedOn: CivilDate | undefined;
  underReview: boolean;
  /** A review has upheld the approval in force. */
  upheld: boolean;
  /** Evidence attached to its claim. */
  evidence: number;
  /** The member wrote a reflection on it. */
  reflected: boolean;
  events: string[];
}

interface Account {
  lines: Map<string, LineAccount>;
  rejections: Map<string, readonly string[]>;
  appeals: Map<string, string>;
}

/** How each claimed line stands after these facts, in the order of claims. Retracted facts left out before. */
export function accountsOf(facts: readonly (AwardFact | StandingFact)[]): LineAccount[] {
  const claims = new Map<string, Account>();
  for (const fact of facts) {
    if (fact.type === 'PointsAdjusted' || fact.type === 'PointsBroughtIn') continue;
    const { claimId } = fact.data;
    if (fact.type === 'Claimed' || fact.type === 'ClaimAmended') {
      const before = claims.get(claimId);
      claims.set(claimId, begun(fact, before));
      continue;
    }
    const account = claims.get(claimId);
    if (account !== undefined) follow(account, fact);
  }
  const all: LineAccount[] = [];
  for (const { lines } of claims.values()) for (const line of lines.values()) all.push(line);
  return all;
}

type Begun = Extract<AwardFact, { type: 'Claimed' | 'ClaimAmended' }>;
type Later = Exclude<
  AwardFact | StandingFact,
  Begun | { type: 'PointsAdjusted' | 'PointsBroughtIn' }
>;

function begun({ id, index, data, metadata }: Begun, before: Account | undefined): Account {
  const { claimId } = data;
  const first = before?.lines.values().next().value;
  const { recordedAt, submittedOn } = metadata;
  const stated =
    submittedOn === undefined ? { recordedAt } : { recordedAt, submittedOn: submittedOn.on };
  const events = before === undefined ? [] : eventsOf(before);
  const lines = new Map<string, LineAccount>();
  for (const [place, line] of data.lines.entries()) {
    lines.set(line.lineId, {
      claimId,
      line,
      claimed: first?.claimed ?? index,
      handedIn: first?.handedIn ?? stated,
      standing: 'submitted',
      accepted: undefined,
      approval: undefined,
      decidedOn: undefined,
      underReview: false,
      upheld: false,
      evidence: first?.evidence ?? 0,
      reflected: reflectedOn(data, place),
      events: [...events, id],
    });
  }
  const { rejections = new Map(), appeals = new Map() } = before ?? {};
  return { lines, rejections, appeals };
}

function eventsOf({ lines }: Account): string[] {
  return [...new Set([...lines.values()].flatMap(({ events }) => events))];
}

function follow(account: Account, fact: Later): void {
  switch (fact.type) {
    case 'ClaimWithdrawn':
    case 'ClaimReturned':
      for (const line of account.lines.values()) {
        stand(line, fact, fact.type === 'ClaimReturned' ? 'returned' : 'withdrawn');
      }
      return;
    case 'EvidenceAttached':
      for (const line of account.lines.values()) {
        line.evidence += 1;
        stand(line, fact, line.standing);
      }
      return;
    case 'ClaimApproved':
      for (const { lineId, accepted } of fact.data.lines) {
        const line = account.lines.get(lineId);
        if (line === undefined) continue;
        stand(line, fact, 'approved');
        line.accepted = accepted;
        line.approval = fact.id;
        line.decidedOn = fact.data.decision.decidedOn;
        line.upheld = false;
      }
      return;
    case 'ApprovalRevoked': {
      const standing = fact.data.effect.kind === 'void' ? 'revoked' : 'ended';
      const { approval } = fact.data;
      for (const line of named(account, fact.data.lines)) {
        if (line.approval === approval) stand(line, fact, standing);
      }
      return;
    }
    case 'ClaimRejected':
      account.rejections.set(fact.id, fact.data.lines);
      for (const line of named(account, fact.data.lines)) stand(line, fact, 'rejected');
      return;
    case 'ReviewOpened':
    case 'ReviewUpheld':
    case 'ReviewOverturned':
    case 'AppealLodged':
    case 'AppealUpheld':
      followReview(account, fact);
  }
}

type OfReview = Extract<Later, { type: `Review${string}` | `Appeal${string}` }>;

function followReview(account: Account, fact: OfReview): void {
  switch (fact.type) {
    case 'ReviewOpened':
    case 'ReviewUpheld':
    case 'ReviewOverturned':
      for (const line of account.lines.values()) {
        // A line of it that was revoked and rejected since is no longer under it.
        const under = line.standing === 'approved' || line.standing === 'ended';
        if (line.approval !== fact.data.approval || !under) continue;
        line.underReview = fact.type === 'ReviewOpened';
        if (fact.type === 'ReviewUpheld') line.upheld = true;
        stand(line, fact, fact.type === 'ReviewOverturned' ? 'revoked' : line.standing);
      }
      return;
    case 'AppealLodged':
      account.appeals.set(fact.id, fact.data.decision);
      return;
    case 'AppealUpheld': {
      const rejection = account.appeals.get(fact.data.appeal) ?? '';
      const lines = account.rejections.get(rejection) ?? [];
      for (const line of named(account, lines)) stand(line, fact, 'submitted');
    }
  }
}

function named(account: Account, lineIds: readonly string[]): LineAccount[] {
  return lineIds.flatMap((lineId) => account.lines.get(lineId) ?? []);
}

function stand(line: LineAccount, { id }: { id: string }, standing: LineStanding): void {
  line.standing = standing;
  line.events.push(id);
}
