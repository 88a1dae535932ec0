import type { CivilDate } from '../scheme/civil-date.ts';
import { type DemoClock, instantOf, midnightOf, type Slot } from './clock.ts';

/** What is to happen on a day. What has one lane happens in the order in which it was planned. */
interface Action {
  at: string;
  lane: string;
  run: () => Promise<unknown>;
}

/** What happens in the years of a demo, planned before it is done. */
export interface Plan {
  /** Passed over after the last day. On the last day all is at its first instant, which has passed surely. */
  add(day: CivilDate, slot: Slot, lane: string, run: () => Promise<unknown>): void;
  /** Runs all in the order of time. @throws what an action threw first, or the signal's reason */
  run(clock: DemoClock, watched: Watched): Promise<void>;
}

/** Who looks on while a plan is run, and may end it. */
interface Watched {
  onProgress?: (done: number, of: number) => void;
  signal?: AbortSignal;
}

/** Lanes at once: enough for group commit, few enough for memory. */
const AT_ONCE = 128;

/** An empty plan of the days from `from` to `endsOn`, both included. */
export function planOf(options: {
  seed: string;
  zone: string;
  from: CivilDate;
  endsOn: CivilDate;
}): Plan {
  const { seed, zone, from, endsOn } = options;
  const actions: Action[] = [];
  const last = midnightOf(zone, endsOn);
  const instants = new Map<string, string>();
  const at = (day: CivilDate, slot: Slot): string => {
    if (day === endsOn) return last;
    const key = `${day}/${slot}`;
    const known = instants.get(key) ?? instantOf(seed, day, slot);
    instants.set(key, known);
    return known;
  };
  return {
    add(day, slot, lane, run) {
      if (day < from) throw new RangeError(`${day} is before the demo's first day, ${from}`);
      if (day <= endsOn) actions.push({ at: at(day, slot), lane, run });
    },
    async run(clock, { onProgress, signal }) {
      // The sort is stable: at one instant the order is that of planning.
      actions.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      let done = 0;
      while (done < actions.length) {
        const instant = (actions[done] as Action).at;
        let end = done;
        while (actions[end]?.at === instant) end++;
        signal?.throwIfAborted();
        clock.moveTo(instant);
        await inLanes(actions.slice(done, end));
        done = end;
        onProgress?.(done, actions.length);
      }
    },
  };
}

async function inLanes(actions: readonly Action[]): Promise<void> {
  const lanes = new Map<string, Action[]>();
  for (const action of actions) {
    const lane = lanes.get(action.lane);
    if (lane === undefined) lanes.set(action.lane, [action]);
    else lane.push(action);
  }
  const waiting = [...lanes.values()].values();
  const work = async (): Promise<void> => {
    for (const lane of waiting) for (const { run } of lane) await run();
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, lanes.size) }, work));
}
