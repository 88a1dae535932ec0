import { setImmediate as turn } from 'node:timers/promises';
import type { Connection, Place } from './kurrentdb-client.ts';
import { recordedAt, type WireEvent } from './kurrentdb-event.ts';
import type { LedgerIndex } from './kurrentdb-index.ts';
import { NoAnswer, outcomeOf } from './kurrentdb-outcome.ts';
import { createRecent, type Recent } from './kurrentdb-recent.ts';
import { backoff, pause } from './kurrentdb-timers.ts';

/** How a feed stands, for whoever watches it. */
export interface FeedState {
  /** Times that the subscription was begun anew. */
  reconnects: number;
  /** Events that are no facts of this ledger. */
  foreign: number;
  /** Why there is no subscription just now, if there is none. */
  trouble: string | undefined;
}

/** Follows the whole log for ever and knows, of our facts, which stands where. */
export interface Feed {
  readonly state: FeedState;
  /** The last facts, as they came. */
  readonly recent: Recent;
  /** What was done to streams of ours by other hands, by stream. */
  readonly damage: ReadonlyMap<string, string>;
  /** How far the log has been read. */
  reached(): bigint;
  /** Resolves when the log was read up to this place, or when it has ended. @throws NoAnswer after `ms` */
  wait(commit: bigint, ms: number): Promise<void>;
  /** Resolves at the next fact, when the signal aborts, and at the end. */
  news(signal: AbortSignal): Promise<void>;
  end(): Promise<void>;
}

export interface Feeding {
  connection: Connection;
  prefix: string;
  index: LedgerIndex;
  random: () => number;
  /** Sees every event that is no fact of ours; says whether it belongs to the ledger all the same. */
  onOther(event: WireEvent): boolean;
  /** What was done to streams up to where the index ends. */
  damage?: Iterable<[stream: string, what: string]>;
}

/** How long a subscription may be silent before the end of the log is looked at, in ms. */
const SILENCE_MS = 5_000;
/** How long an event that stands at the end may be on its way, in ms. */
const ON_ITS_WAY_MS = 2_000;
const MOST_PAUSE_MS = 5_000;
/** Events after which others on this thread get their turn. */
const A_TURN = 500;
/** How many of the last events are looked at for one that should have come. */
const LAST = 50;

export function startFeed(feeding: Feeding): Feed {
  const { connection, prefix, index, random } = feeding;
  const ending = new AbortController();
  const state: FeedState = { reconnects: 0, foreign: 0, trouble: undefined };
  const recent = createRecent(prefix);
  const damage = new Map(feeding.damage);
  const waiting = new Set<() => void>();
  let place = endOf(index);
  let subscribed = new AbortController();
  let taken = 0;

  const wake = (): void => {
    for (const each of [...waiting]) each();
  };
  const take = (event: WireEvent): void => {
    const { commit, prepare } = event;
    if (commit === undefined || prepare === undefined) {
      throw new Error('the server sends events without a position');
    }
    // Never twice, whatever is sent again.
    if (place !== undefined && commit <= place.commit) return;
    place = { commit, prepare };
    taken += 1;
    const harm = harmTo(event, prefix);
    if (harm?.what !== undefined) damage.set(harm.stream, harm.what);
    else if (harm !== undefined) damage.delete(harm.stream);
    else if (event.stream.startsWith(prefix)) {
      index.add(commit, recordedAt(event), event.id);
      recent.add(event, index.count - 1);
    } else {
      if (!feeding.onOther(event)) state.foreign += 1;
    }
    wake();
  };
  const followOnce = async (): Promise<void> => {
    const begun = (): void => {
      state.trouble = undefined;
    };
    for await (const event of connection.subscribe(place, subscribed.signal, begun)) {
      take(event);
      if (taken % A_TURN === 0) await turn();
    }
  };
  const run = async (): Promise<void> => {
    for (let tries = 0; !ending.signal.aborted; tries += 1) {
      subscribed = new AbortController();
      const before = taken;
      try {
        await followOnce();
      } catch (error) {
        state.trouble = outcomeOf(error).message;
      }
      if (ending.signal.aborted) return;
      state.reconnects += 1;
      if (taken > before) tries = 0;
      await pause(backoff(tries, MOST_PAUSE_MS, random), ending.signal);
    }
  };
  /** Begins anew where something stands at the end of the log that does not come. */
  const watch = async (): Promise<void> => {
    for (;;) {
      const [before, at] = [taken, subscribed];
      await pause(SILENCE_MS, ending.signal);
      if (ending.signal.aborted) return;
      if (taken !== before || at !== subscribed) continue;
      const missed = await missedAtTheEnd();
      if (missed === undefined) continue;
      await pause(ON_ITS_WAY_MS, ending.signal);
      if ((place?.commit ?? -1n) < missed) {
        at.abort(new NoAnswer('the subscription has fallen silent'));
      }
    }
  };
  const missedAtTheEnd = async (): Promise<bigint | undefined> => {
    const last = await connection.readLast(LAST).catch(() => []);
    const followed = last.find(({ type }) => !type.startsWith('$'))?.commit;
    return followed !== undefined && followed > (place?.commit ?? -1n) ? followed : undefined;
  };
  const running = Promise.all([run(), watch()]);
  const isThere = (commit: bigint): boolean => (place?.commit ?? -1n) >= commit;

  return {
    state,
    recent,
    damage,
    reached: () => place?.commit ?? -1n,
    wait: (commit, ms) =>
      new Promise((resolve, reject) => {
        if (isThere(commit) || ending.signal.aborted) return resolve();
        const look = (): void => {
          if (!isThere(commit) && !ending.signal.aborted) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          // Something stands there and did not come: whatever the subscription is, it is none.
          subscribed.abort(new NoAnswer('the subscription lags'));
          reject(new NoAnswer(`the log could not be followed up to ${commit} within ${ms} ms`));
        }, ms);
        waiting.add(look);
      }),
    news: (signal) =>
      new Promise((resolve) => {
        const known = index.count;
        if (signal.aborted || ending.signal.aborted) return resolve();
        const look = (): void => {
          if (index.count === known && !signal.aborted && !ending.signal.aborted) return;
          waiting.delete(look);
          signal.removeEventListener('abort', look);
          resolve();
        };
        waiting.add(look);
        signal.addEventListener('abort', look, { once: true });
      }),
    async end() {
      ending.abort();
      subscribed.abort(new NoAnswer('the store was closed'));
      wake();
      await running;
    },
  };
}

/** Where an index ends. Of a fact, commit and prepare position are the same number. */
function endOf(index: LedgerIndex): Place | undefined {
  if (index.count === 0) return undefined;
  const commit = index.commitOf(index.count - 1);
  return { commit, prepare: commit };
}

/**
 * What was done to a stream of ours that no ledger does: facts are neither deleted nor limited. Without `what`,
 * its metadata was set and limits nothing.
 */
function harmTo(
  { stream, type, data }: WireEvent,
  prefix: string,
): { stream: string; what: string | undefined } | undefined {
  if (type === '$streamDeleted' && stream.startsWith(prefix)) {
    return { stream: stream.slice(prefix.length), what: 'was deleted for good' };
  }
  if (type !== '$metadata' || !stream.startsWith(`$$${prefix}`)) return undefined;
  const limits = ['$tb', '$maxCount', '$maxAge'].filter((name) => name in Object(data));
  const what = `was deleted or cut short: its metadata sets ${limits.join(' and ')}`;
  return { stream: stream.slice(prefix.length + 2), what: limits.length > 0 ? what : undefined };
}
