import type { CivilDate } from '../scheme/civil-date.ts';
import type { Outcome } from '../scheme/outcome.ts';
import { mustBeOne } from './cycle-asked.ts';
import type { AsOf } from './member-facts.ts';
import { pageOf, placeOf } from './paging.ts';
import { type Standing, type StatementWanted, standingOf } from './standing-member.ts';
import { booksAsOf, endOfRows, type StandingSource, walkKnown } from './standing-walk.ts';
import type { Page, PageRequest } from './views.ts';

/** Whose standing is wanted: in a scheme and cycle, on a day, as known at an index or time. */
export interface StandingQuery extends StatementWanted {
  asOf?: AsOf | undefined;
  grade?: string | undefined;
  /** Employed there on that day. */
  organisation?: string | undefined;
  outcome?: Outcome | undefined;
  /** What is still needed is due by this day. */
  dueBy?: CivilDate | undefined;
  takesPart?: boolean | undefined;
}

/** A page, and how many facts of the ledger were looked at for it: the next pages look at the same. */
export type StandingPage = Page<Standing> & { asOf: number };

/** Members by their id. @throws BadCursor; RangeError when the time of `asOf` is no instant */
export async function standingPage(
  source: StandingSource,
  query: StandingQuery,
  page: PageRequest,
): Promise<StandingPage> {
  const place = placeOf(page.cursor, ['number', 'string']) as [number, string] | undefined;
  const asked = place === undefined ? query.asOf : { index: place[0] };
  const asOf = await endOfRows(source, asked);
  const found: Standing[] = [];
  for await (const standing of standings(source, query, asOf, place?.[1] ?? '')) {
    found.push(standing);
    if (found.length > page.limit) break;
  }
  const items = pageOf(
    found,
    page,
    ({ member }) => [asOf, member],
    (standing) => standing,
  );
  return { ...items, asOf };
}

/** What members of one sum may have in common. */
export const sumNames = ['grade', 'organisation', 'outcome', 'doBy'] as const;
export type SumName = (typeof sumNames)[number];

/** Sums over members with something in common. Points are hundredths. */
export interface StandingSum {
  grade?: string;
  /** Absent: who is employed nowhere. Who is employed by several stands in the sum of each. */
  organisation?: string;
  outcome?: Outcome;
  doBy?: CivilDate;
  members: number;
  awarded: number;
  counted: number;
  needed: number;
}

export interface StandingSums {
  asOf: number;
  /** Over all members, each once. */
  all: StandingSum;
  /** In the order of what they have in common. */
  sums: StandingSum[];
}

/** Sums of standings over all members that fit. @throws RangeError when the time of `asOf` is no instant */
export async function standingSums(
  source: StandingSource,
  query: StandingQuery,
  by: readonly SumName[],
): Promise<StandingSums> {
  const asOf = await endOfRows(source, query.asOf);
  const all: StandingSum = { members: 0, awarded: 0, counted: 0, needed: 0 };
  const sums = new Map<string, StandingSum>();
  for await (const standing of standings(source, query, asOf, '')) {
    add(all, standing);
    for (const common of commonsOf(standing, by)) {
      const key = JSON.stringify(by.map((name) => common[name] ?? ''));
      const sum = sums.get(key) ?? { ...common, members: 0, awarded: 0, counted: 0, needed: 0 };
      sums.set(key, add(sum, standing));
    }
  }
  const ordered = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  return { asOf, all, sums: ordered };
}

function add(sum: StandingSum, { awarded, counted, needed }: Standing): StandingSum {
  sum.members += 1;
  sum.awarded += awarded;
  sum.counted += counted;
  sum.needed += needed;
  return sum;
}

type Common = Pick<StandingSum, SumName>;

function commonsOf(standing: Standing, by: readonly SumName[]): Common[] {
  const { grade, organisations, outcome, doBy } = standing;
  const common: Common = {
    ...(by.includes('grade') && grade !== undefined ? { grade } : {}),
    ...(by.includes('outcome') ? { outcome } : {}),
    ...(by.includes('doBy') ? { doBy } : {}),
  };
  if (!by.includes('organisation') || organisations.length === 0) return [common];
  return organisations.map((organisation) => ({ ...common, organisation }));
}

async function* standings(
  source: StandingSource,
  query: StandingQuery,
  end: number,
  after: string,
): AsyncGenerator<Standing> {
  const { scheme, cycle, on } = query;
  const books = await booksAsOf(source, scheme, end);
  for await (const known of walkKnown(source, { scheme, end, after })) {
    const standing = standingOf(known, books, { scheme, cycle, on });
    if (standing === undefined) mustBeOne(books, known.recorded, query);
    else if (fits(standing, query)) yield standing;
  }
}

function fits(standing: Standing, query: StandingQuery): boolean {
  const { grade, organisation, outcome, dueBy, takesPart } = query;
  return (
    (grade === undefined || standing.grade === grade) &&
    (organisation === undefined || standing.organisations.includes(organisation)) &&
    (outcome === undefined || standing.outcome === outcome) &&
    (dueBy === undefined || standing.doBy <= dueBy) &&
    (takesPart === undefined || standing.takesPart === takesPart)
  );
}
