import type { Actor } from '../events/shapes.ts';
import { followUpKey } from './begin.ts';
import { type Determination, determineCycle } from './determine-cycle.ts';
import { handle, type Ledger } from './handle.ts';
import { Rejection } from './rejection.ts';

/** A member's cycle that is to be determined, and the fact that published the rulebook which governs it. */
export interface DueCycle {
  member: string;
  rulebook: string;
  determination: Determination;
}

/** What closing came to. */
export interface Closed {
  determined: number;
  /** Determined before, by this run or another. */
  already: number;
  refused: { code: string; count: number }[];
}

/**
 * Determines cycles one after another, under keys that follow from the rulebook, the cycle and the digest: who
 * was stopped begins again, and a second run adds nothing. What the rules refuse is passed over and counted.
 *
 * @throws what `handle` throws besides a Rejection, after which it may be run again
 */
export async function closeCycles(
  ledger: Ledger,
  who: { actor: Actor; own: ReadonlySet<string>; correlationId: string },
  due: readonly DueCycle[],
): Promise<Closed> {
  const closed: Closed = { determined: 0, already: 0, refused: [] };
  const refused = new Map<string, number>();
  for (const { member, rulebook, determination } of due) {
    const { scheme, cycle, digest } = determination;
    const key = followUpKey(rulebook, determineCycle.name, `${cycle}/${digest}`);
    const raw = { scheme, cycle, digest };
    const request = { definition: determineCycle, subject: member, body: determination, raw, key };
    try {
      const { repeated } = await handle(ledger, { ...request, ...who, causationId: rulebook });
      if (repeated) closed.already += 1;
      else closed.determined += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      if (error.code === 'cycle-determined') closed.already += 1;
      else refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
    }
  }
  return { ...closed, refused: [...refused].map(([code, count]) => ({ code, count })) };
}
