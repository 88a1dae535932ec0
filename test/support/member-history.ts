import type { CivilDate } from '../../src/scheme/civil-date.ts';
import { addDays } from '../../src/scheme/civil-date.ts';
import { isTimelineFact, type StatementFact } from '../../src/scheme/facts.ts';
import { earningBook } from '../../src/scheme/governing.ts';
import {
  AuthoredRulebook,
  booksFor,
  kindRule,
  type PublishedRulebook,
  type Rulebook,
} from '../../src/scheme/rulebook.ts';
import { earned } from '../../src/scheme/rules/kind.ts';
import { type Statement, statement } from '../../src/scheme/statement.ts';
import { timelineOf } from '../../src/scheme/timeline.ts';

/** One entry as tests say it; the rest has a default. */
export interface Entry {
  kind: string;
  /** Minutes, or hundredths of the kind's measure. */
  amount: number;
  on: CivilDate;
  /** The first day; absent: done on one day. */
  from?: CivilDate;
  topics?: string[];
  attributes?: {
    role?: string;
    level?: string;
    delivery?: string;
    workRef?: string;
    programme?: string;
  };
  /** The day handed in; absent: the day done. */
  handedIn?: CivilDate;
  evidence?: boolean;
  /** The member wrote a reflection on it. */
  reflected?: boolean;
  review?: 'opened' | 'upheld';
  /** Revoked as void afterwards. */
  revoked?: boolean;
  again?: boolean;
}

export const SCHEME = '00000000-0000-4000-8000-00000000000a';

/** A rulebook as people write it, published as version 1, 2, ... from its day. */
export function published(...books: [from: CivilDate, book: object][]): PublishedRulebook[] {
  return books.map(([effectiveFrom, book], n) => ({
    version: n + 1,
    eventId: `book-${n + 1}`,
    effectiveFrom,
    rulebook: AuthoredRulebook.parse({ format: 2, ...book }),
  }));
}

/** The life of one member in one scheme, as facts. */
export interface History {
  facts: StatementFact[];
  say<T extends StatementFact['type']>(
    type: T,
    data: Extract<StatementFact, { type: T }>['data'],
    recordedOn?: CivilDate,
  ): string;
  /** Claims an entry and has it approved. @returns the approval's id */
  did(entry: Entry): string;
  statement(on: CivilDate, cycle?: string): Statement;
}

export function historyOf(
  books: readonly PublishedRulebook[],
  joined: CivilDate,
  {
    grade = 'full',
    anchor = joined,
    track,
  }: { grade?: string; anchor?: CivilDate; track?: string } = {},
): History {
  const facts: StatementFact[] = [];
  const say: History['say'] = (type, data, recordedOn = joined) => {
    const index = facts.length;
    const id = `fact-${index}`;
    const metadata = { recordedAt: `${recordedOn}T12:00:00.000Z` };
    facts.push({ id, index, type, data, metadata } as StatementFact);
    return id;
  };
  say('Registered', { grade, on: joined });
  say('SchemeJoined', { scheme: SCHEME, on: joined, anchor, track });
  return {
    facts,
    say,
    did(entry) {
      const { adopted } = timelineOf(facts.filter(isTimelineFact));
      return did(booksFor(books, { track, adopted }), facts, say, { anchor, ...entry });
    },
    statement(on, cycle) {
      const made = statement(books, facts, { scheme: SCHEME, on, cycle, zone: 'Europe/London' });
      if (made === undefined) throw new Error(`no statement of ${cycle ?? on}`);
      return made;
    },
  };
}

function did(
  books: readonly PublishedRulebook[],
  facts: readonly StatementFact[],
  say: History['say'],
  entry: Entry & { anchor: CivilDate },
): string {
  const claimId = `claim-${facts.length}`;
  const lineId = `${claimId}/0`;
  const { kind, amount, on, topics = [], attributes = {}, handedIn = on, anchor } = entry;
  const book = earningBook(books, anchor, on);
  const rule = kindRule(book?.rulebook as Rulebook, kind);
  if (book === undefined || rule === undefined) throw new Error(`no rule for ${kind} on ${on}`);
  const quantity = { amount, unit: rule.measure };
  const days = { from: entry.from ?? on, until: addDays(on, 1) };
  const line = { lineId, kind, quantity, ...days, topics, attributes };
  const sealed = entry.reflected === true ? [{ c: { 'lines/0/reflection': 'salted' } }] : [];
  say('Claimed', { claimId, lines: [line], sealed }, handedIn);
  if (entry.evidence === true) say('EvidenceAttached', { claimId }, handedIn);
  const points = earned(rule, { quantity, attributes, topics, again: entry.again ?? false });
  if (points === undefined) throw new Error(`no rate of ${kind} fits`);
  const rulebook = { version: book.version, eventId: book.eventId };
  const awards = [{ scheme: SCHEME, rulebook, category: rule.category, points }];
  const lines = [{ lineId, accepted: quantity, awards }];
  const approval = say(
    'ClaimApproved',
    { claimId, decision: { decidedOn: handedIn }, lines },
    handedIn,
  );
  const review = { claimId, approval };
  if (entry.review !== undefined) say('ReviewOpened', review);
  if (entry.review === 'upheld')
    say('ReviewUpheld', { ...review, review: `fact-${facts.length - 1}` });
  if (entry.revoked === true) {
    say('ApprovalRevoked', { ...review, lines: [lineId], effect: { kind: 'void' } });
  }
  return approval;
}
