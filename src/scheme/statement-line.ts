import { type CivilDate, lastDayOf } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';
import { type Earned, earnedBy } from './earned.ts';
import type { Amount } from './facts.ts';
import type { MemberInScheme } from './member-in-scheme.ts';
import type { Part } from './parts.ts';
import { reasonOf, type StatedLoss } from './reason.ts';
import type { PublishedRulebook } from './rulebook.ts';
import type { CycleSpan } from './rules/cycle.ts';
import type { LineAccount, LineStanding } from './standing.ts';

/** How one claimed line came to what counts of it: claimed, accepted, awarded, counted. */
export interface StatementLine {
  claim: string;
  line: string;
  kind: string;
  from: CivilDate;
  until: CivilDate;
  topics: string[];
  standing: LineStanding;
  underReview: boolean;
  claimed: Amount;
  /** Absent while nobody has accepted anything. */
  accepted?: Amount;
  /** By which rule of its kind it was awarded; absent while nothing is. */
  earned?: Earned;
  /** In this scheme and cycle, in hundredths. */
  awarded: number;
  /** What the approval awarded, where a later rulebook has rated it again. */
  approved?: number;
  counted: number;
  /** Why the rest does not count: counted + these = awarded. */
  uncounted: StatedLoss[];
  categories: string[];
  /** Ids of the facts that brought it here. */
  events: string[];
}

/** Points that stand outside any claim: adjusted, brought in. */
export interface StatementEntry {
  kind: 'adjusted' | 'brought-in';
  event: string;
  category: string;
  awarded: number;
  counted: number;
  uncounted: StatedLoss[];
}

/** Points outside any claim that stand in this cycle. */
export function entriesOf(
  { parts, book }: CycleAccount,
  { entries }: MemberInScheme,
): StatementEntry[] {
  return parts.flatMap((part) => {
    const entry = entries.find(({ event }) => event === part.event);
    if (part.line !== undefined || entry === undefined) return [];
    const { event, category, points, counted } = part;
    const uncounted = reasonOf([part], book);
    return [{ kind: entry.kind, event, category, awarded: points, counted, uncounted }];
  });
}

/** Lines that award something in this cycle, and those that would fall in it if they were approved. */
export function linesOf(
  { parts, span, book }: CycleAccount,
  accounts: readonly LineAccount[],
): StatementLine[] {
  const byLine = new Map<string, Part[]>();
  for (const part of parts) {
    const id = part.line?.lineId;
    if (id === undefined) continue;
    const own = byLine.get(id);
    if (own === undefined) byLine.set(id, [part]);
    else own.push(part);
  }
  return accounts.flatMap((account) => {
    const own = byLine.get(account.line.lineId) ?? [];
    const last = lastDayOf(account.line);
    const mine =
      own.length > 0 || (account.approval === undefined && last >= span.from && last < span.until);
    return mine || isUndone(account, span) ? [lineOf(account, own, book)] : [];
  });
}

function isUndone({ standing, line }: LineAccount, span: CycleSpan): boolean {
  const last = lastDayOf(line);
  return standing !== 'approved' && standing !== 'ended' && last >= span.from && last < span.until;
}

function lineOf(
  account: LineAccount,
  parts: readonly Part[],
  book: PublishedRulebook,
): StatementLine {
  const { claimId, line, standing, accepted, events, underReview } = account;
  const how = parts[0] && earnedBy(parts[0]);
  return {
    claim: claimId,
    line: line.lineId,
    kind: line.kind,
    from: line.from,
    until: line.until,
    topics: [...line.topics],
    standing,
    underReview,
    claimed: line.quantity,
    ...(accepted === undefined ? {} : { accepted }),
    ...(how === undefined ? {} : { earned: how }),
    awarded: parts.reduce((points, part) => points + part.points, 0),
    ...(parts.some(({ approved }) => approved !== undefined)
      ? { approved: parts.reduce((points, part) => points + (part.approved ?? 0), 0) }
      : {}),
    counted: parts.reduce((points, part) => points + part.counted, 0),
    uncounted: reasonOf(parts, book),
    categories: [...new Set(parts.map(({ category }) => category))],
    events,
  };
}
