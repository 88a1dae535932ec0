import type { Decision } from '../events/shapes.ts';
import type { Position } from '../store/event-store.ts';
import type { CapabilityQuery } from './capability/asked.ts';
import type { CellDerived } from './capability/cell.ts';
import type { CoverageQuery, CoverageReport } from './capability/coverage.ts';
import type { CoverageCellDerived, CoverageCellQuery } from './capability/coverage-cell.ts';
import type { Look, Published, PublishedQuery } from './capability/published.ts';
import type { CapabilityReport } from './capability/report.ts';
import type { SupportQuery, SupportReport } from './capability/support.ts';
import type { ClosedUnder } from './closed-under.ts';
import type { EvidenceDuePage, EvidenceDueQuery } from './evidence-due.ts';
import type { Preview, PreviewProgress, PreviewRequest } from './preview.ts';
import type { OutcomePage, OutcomeQuery } from './standing-closing.ts';
import type { StandingPage, StandingQuery, StandingSums, SumName } from './standing-report.ts';

/** A page is asked for with the cursor of the one before; a cursor is opaque. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** Items in a fixed order; `next` is absent on the last page. */
export interface Page<Item> {
  items: Item[];
  next?: string;
}

/** Points awarded to a member in one scheme, cycle and category. Nothing has been weighed: caps are not applied. */
export interface Balance {
  member: string;
  scheme: string;
  cycle: string;
  category: string;
  /** In hundredths of a point; below zero only where an adjustment takes away more than there was. */
  awarded: number;
}

/** A claim with lines that wait for a decision. */
export interface QueuedClaim {
  claim: string;
  member: string;
  /** The day on which it was handed in last: its age counts from here. */
  submittedOn: string;
  assignee?: string;
  /** Kinds of the lines that wait, each once, sorted. */
  kinds: string[];
  /** How many lines wait. */
  lines: number;
}

export const decisionKinds = [
  'approved',
  'rejected',
  'returned',
  'revoked',
  'review-opened',
  'review-upheld',
  'review-overturned',
  'appeal-upheld',
  'appeal-dismissed',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** One decision as taken by one person; a panel's stands once for each who took it. */
export interface DecisionTaken {
  /** The fact that holds it. */
  event: string;
  index: number;
  by: string;
  member: string;
  claim: string;
  kind: DecisionKind;
  decidedOn: string;
  recordedAt: string;
  capacity: Decision['capacity'];
  under?: string;
  /** Lines that it names; none where it is about the whole claim or approval. */
  lines: string[];
}

/** How far the read models have come. */
export interface Progress {
  /** Facts read: the read models hold every fact with a lower index. */
  count: number;
  position: Position | undefined;
  /** Facts in the ledger when this was asked. */
  head: number;
  /** A rebuild that is under way, by the facts that it has read; readers see the old rows meanwhile. */
  rebuilding?: { projections: string[]; count: number };
  /** Why following stopped: a fact that this release cannot read, mostly. Rows stay as they were. */
  stopped?: string;
}

/** Whether a position was reached in time, and how far the read models have come. */
export interface Waited {
  reached: boolean;
  count: number;
  position: Position | undefined;
}

export const registers = [
  'organisation',
  'scheme',
  'catalogue',
  'session',
  'framework',
  'profile',
  'release',
] as const;
export type Register = (typeof registers)[number];

/** A thing of the society that has a stream of its own: a council, a scheme, an entry, a session, a framework, a profile. */
export interface Registered {
  id: string;
  /** Index of the fact that began it. */
  index: number;
  /** What its facts say by now, field by field, the last word of each (clear data: such streams hold no text). */
  data: Record<string, unknown>;
}

/** The society-level read models. All answers come from another thread, so none holds up the caller's. */
export interface Views {
  /** Ordered by member, scheme, cycle, category. */
  balances(
    filter: { member?: string; scheme?: string; cycle?: string; category?: string },
    page: PageRequest,
  ): Promise<Page<Balance>>;

  /** Ordered by the day handed in, oldest first. `assignee: null`: claims assigned to nobody. */
  queue(
    filter: { assignee?: string | null; member?: string },
    page: PageRequest,
  ): Promise<Page<QueuedClaim>>;

  /** What one person decided, newest first. */
  decisions(filter: { by: string }, page: PageRequest): Promise<Page<DecisionTaken>>;

  /** Ordered by the index of what began them, the newest last. `text`: names or codes that hold it, in any case. */
  registered(
    filter: { register: Register; id?: string; text?: string },
    page: PageRequest,
  ): Promise<Page<Registered>>;

  /**
   * How the members of a scheme stand, ordered by member: on a day, as known at an index or time.
   *
   * @throws RangeError when that time is no instant; NoSuchCycle, as the two after it
   */
  standing(query: StandingQuery, page: PageRequest): Promise<StandingPage>;

  /** Sums of standings over all members that fit, by what `by` names. */
  standingSums(query: StandingQuery, by: readonly SumName[]): Promise<StandingSums>;

  /** What a cycle of a scheme comes to for its members, and what was determined of it before, ordered by member. */
  outcomes(query: OutcomeQuery, page: PageRequest): Promise<OutcomePage>;

  /** Evidence that need not be kept any more on a day, and is there: ordered by member, then by its id. */
  evidenceDue(query: EvidenceDueQuery, page: PageRequest): Promise<EvidenceDuePage>;

  /**
   * Who can do what, where, in figures: on a day, as known at an index or time. Nothing is withheld.
   *
   * @throws RangeError when that time is no instant
   */
  capability(query: CapabilityQuery): Promise<CapabilityReport>;

  /**
   * Who and what is behind a figure: the members in the cell that the filters select, with the facts that count; with
   * `all` those of whom something does not count, too.
   */
  capabilityCell(
    query: CapabilityQuery & { all?: boolean },
    page: PageRequest,
  ): Promise<CellDerived>;

  /**
   * Which bodies have what a profile says that they need, which lack it, and of which it is not known; undefined where
   * there is no such profile.
   */
  coverage(query: CoverageQuery): Promise<CoverageReport | undefined>;

  /** Who is behind the figures of one way to meet a need; undefined where there is no such profile, need or way. */
  coverageCell(
    query: CoverageCellQuery,
    page: PageRequest,
  ): Promise<CoverageCellDerived | undefined>;

  /**
   * Where help for a body is near, for each need of a profile; undefined where there is no such body or profile.
   * Nothing is withheld, but who shares their contact with none of those named stands there as a number alone.
   */
  support(query: SupportQuery): Promise<SupportReport | undefined>;

  /**
   * Who can do what, where, counted for a table that is to be given out, with who moved since earlier looks. Nothing
   * is withheld yet: see src/disclosure.
   *
   * @throws RangeError when that time is no instant
   */
  published(query: PublishedQuery): Promise<Published>;

  /** Every place that such a table has: what may be known of it to everybody. */
  publishedPlaces(query: Look & Pick<PublishedQuery, 'framework' | 'level'>): Promise<string[][]>;

  /** Ids of all schemes. */
  schemes(): Promise<string[]>;

  /** What publishing a rulebook would do; undefined where there is no such scheme. */
  preview(
    request: PreviewRequest,
    onProgress?: (progress: PreviewProgress) => void,
  ): Promise<Preview | undefined>;

  /** Of what was determined, what a rulebook would judge anew. */
  closedUnder(request: PreviewRequest): Promise<ClosedUnder>;

  /**
   * Waits until the read models hold the fact at `position`, at most `ms`.
   *
   * @throws RangeError when this is no position
   */
  waitFor(position: string, ms: number): Promise<Waited>;

  progress(): Promise<Progress>;

  /** Builds the read models anew beside those in use, and switches; resolves when it has switched. */
  rebuild(onProgress?: (progress: Progress) => void): Promise<Progress>;
}

/** A cursor that no page of this kind gave out. */
export class BadCursor extends RangeError {
  override name = 'BadCursor';
}

/** A cycle that no member has, or a year in which several of theirs begin; the message says which there are. */
export class NoSuchCycle extends Error {
  override name = 'NoSuchCycle';
}
