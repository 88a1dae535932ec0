import { setImmediate as turn } from 'node:timers/promises';
import type { CivilDate } from '../scheme/civil-date.ts';
import { type Foreseen, foreseen } from '../scheme/preview.ts';
import type { Rulebook } from '../scheme/rulebook.ts';
import { ZONE } from './day-handed-in.ts';
import { openStandingRows } from './standing-rows.ts';
import { booksAsOf, endOfRows, type StandingSource, walkKnown } from './standing-walk.ts';

/** A rulebook as it would be published. */
export interface PreviewRequest {
  scheme: string;
  effectiveFrom: CivilDate;
  rulebook: Rulebook;
  /** The day for which it is true. */
  on: CivilDate;
  /** Rows wanted at most; absent: all. */
  limit?: number | undefined;
}

/** What it would do to a member in one cycle, where it does something. */
export interface PreviewRow extends Foreseen {
  member: string;
}

/** Sums over the cycles of members that the rulebook would govern. Points are hundredths. */
export interface PreviewSums {
  /** Members who take part on the day. */
  members: number;
  /** Cycles of theirs that it would govern. */
  cycles: number;
  gaining: number;
  losing: number;
  same: number;
  /** Met without it, and not with it. */
  fallingShort: number;
  /** Not met without it, and met with it. */
  newlyMet: number;
  /** Of cycles in which it would name no target for the member’s grade: nothing is asked there. */
  untargeted: number;
  needed: { before: number; after: number };
  counted: { before: number; after: number };
}

export interface Preview {
  /** Facts of the ledger with a lower index were looked at. */
  asOf: number;
  /** The version that it would have. */
  version: number;
  on: CivilDate;
  sums: PreviewSums;
  /** Who falls short first, then who loses most. */
  rows: PreviewRow[];
  /** Rows that were left out. */
  left: number;
}

/** How far a preview has come, in members. */
export interface PreviewProgress {
  count: number;
  of: number;
}

/**
 * What publishing a rulebook would do to every member of a scheme, from the facts that are kept for reports;
 * nothing is written. Lets others have their turn in between.
 *
 * @returns undefined where there is no such scheme
 */
export async function previewRulebook(
  source: StandingSource,
  request: PreviewRequest,
  onProgress?: (progress: PreviewProgress) => void,
): Promise<Preview | undefined> {
  const { scheme, on, effectiveFrom, rulebook, limit } = request;
  const asOf = await endOfRows(source, undefined);
  const books = await booksAsOf(source, scheme, asOf);
  if (books.length === 0) return undefined;
  const version = books.length + 1;
  const next = { version, eventId: '', effectiveFrom, rulebook };
  const of = onProgress === undefined ? 0 : await membersIn(source, scheme, asOf);
  const sums = noSums();
  const rows: PreviewRow[] = [];
  let count = 0;
  for await (const { member, recorded } of walkKnown(source, { scheme, end: asOf, after: '' })) {
    const wanted = { scheme, on, zone: ZONE };
    const found = foreseen(books, next, recorded, wanted);
    if (found !== undefined) sums.members += 1;
    for (const one of found ?? []) {
      add(sums, one);
      if (one.change !== 0 || one.before?.met !== one.after.met) rows.push({ member, ...one });
    }
    count += 1;
    if (count % TOLD === 0 || count === of) onProgress?.({ count, of });
  }
  rows.sort(byLoss);
  const shown = rows.slice(0, limit);
  return { asOf, version, on, sums, rows: shown, left: rows.length - shown.length };
}

/** Members between two words of progress. */
const TOLD = 100;
const PAGE = 1_000;

/** How many members there are to look at. */
async function membersIn(source: StandingSource, scheme: string, end: number): Promise<number> {
  const rows = openStandingRows(await source.rows());
  for (let count = 0, last = ''; ; ) {
    const page = rows.membersOf(scheme, end, last, PAGE);
    count += page.length;
    if (page.length < PAGE) return count;
    last = page.at(-1) ?? last;
    await turn();
  }
}

function noSums(): PreviewSums {
  const none = () => ({ before: 0, after: 0 });
  const counts = { members: 0, cycles: 0, gaining: 0, losing: 0, same: 0 };
  return {
    ...counts,
    fallingShort: 0,
    newlyMet: 0,
    untargeted: 0,
    needed: none(),
    counted: none(),
  };
}

function add(sums: PreviewSums, found: Foreseen): void {
  const { before, after, change } = found;
  sums.cycles += 1;
  if (change > 0) sums.gaining += 1;
  else if (change < 0) sums.losing += 1;
  else sums.same += 1;
  if (fallsShort(found)) sums.fallingShort += 1;
  if (before?.met === false && after.met) sums.newlyMet += 1;
  if (after.target === undefined) sums.untargeted += 1;
  for (const figure of ['needed', 'counted'] as const) {
    sums[figure].before += before?.[figure] ?? 0;
    sums[figure].after += after[figure];
  }
}

/** Whether somebody meets the rules without it, and not with it. */
export function fallsShort({ before, after }: Foreseen): boolean {
  return before?.met === true && !after.met;
}

function byLoss(a: PreviewRow, b: PreviewRow): number {
  return (
    Number(fallsShort(b)) - Number(fallsShort(a)) ||
    a.change - b.change ||
    (a.member < b.member ? -1 : a.member > b.member ? 1 : 0) ||
    (a.after.cycle < b.after.cycle ? -1 : 1)
  );
}
