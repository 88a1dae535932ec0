/** Where streams end, as far as it was asked: most who look for the tail of a stream find none. */
export interface Ends {
  /**
   * Positions of a stream's facts from a revision on, none where it ends before. Undefined: ask the file, and say
   * with `note` what it answered.
   */
  tail(stream: number, from: number): readonly number[] | undefined;
  /** A stream had no fact after this revision when the file was asked. */
  note(stream: number, end: number): void;
  /** The position of the ledger's last fact, -1 where there is none. */
  head(): number;
}

/** What is read of the file to keep up with it. */
export interface Growth {
  /** Changes with every commit of another connection. */
  version(): number;
  /** Position, stream and revision of facts after a position, in order, at most so many. */
  after(position: number, limit: number): [position: number, stream: number, revision: number][];
  /** The position of the last fact, -1 where there is none. */
  last(): number;
}

interface Known {
  /** No fact has a greater revision. */
  end: number;
  /** Positions of the last revisions, where these were seen to come. */
  places: number[];
}

/** More than this at once is another process that imports: to look into the file is cheaper then. */
const MOST_AT_ONCE = 256;
/** Places kept of one stream: those of the append that its command reads back. */
const PLACES_KEPT = 128;
/** Streams whose end is kept, at about 200 bytes each. */
const KEPT = 50_000;

/**
 * Keeps the ends of streams by reading what was added to the ledger once after each commit, by position alone. To ask
 * the file about each stream costs ten times as much: after a commit SQLite has let go of the pages of its index.
 */
export function createEnds(growth: Growth): Ends {
  const known = new Map<number, Known>();
  let version = -1;
  let head = Number.NEGATIVE_INFINITY;

  let isLookedAt = false;

  const keepUp = (): void => {
    // Whoever asks again in the same callback of the event loop has heard of nothing since.
    if (isLookedAt) return;
    isLookedAt = true;
    process.nextTick(() => {
      isLookedAt = false;
    });
    const now = growth.version();
    if (now === version) return;
    const added = version === -1 ? undefined : growth.after(head, MOST_AT_ONCE);
    // What is committed between the two questions is met again at the next.
    version = now;
    if (added === undefined || added.length === MOST_AT_ONCE) {
      known.clear();
      head = growth.last();
      return;
    }
    for (const [position, stream, revision] of added) {
      head = position;
      const of = known.get(stream);
      if (of !== undefined) grow(of, revision, position);
    }
  };

  return {
    tail(stream, from) {
      keepUp();
      const of = known.get(stream);
      if (of === undefined) return undefined;
      const wanted = of.end - from + 1;
      if (wanted <= 0) return [];
      return wanted <= of.places.length ? of.places.slice(-wanted) : undefined;
    },
    note(stream, end) {
      if (known.size >= KEPT) known.clear();
      known.set(stream, { end, places: [] });
    },
    head() {
      keepUp();
      return head;
    },
  };
}

function grow(of: Known, revision: number, position: number): void {
  // The file said so already, when it was asked after this commit.
  if (revision <= of.end) return;
  if (of.places.length === PLACES_KEPT) of.places = [];
  of.places.push(position);
  of.end = revision;
}
