import type { Actor } from '../events/shapes.ts';
import { followUpKey } from './begin.ts';
import { disposeEvidence } from './dispose-evidence.ts';
import { erasing } from './erase.ts';
import type { Ledger } from './handle.ts';
import { Rejection } from './rejection.ts';

/** Evidence that need not be kept any more, and the fact that published the rulebook which says so. */
export interface DueEvidence {
  member: string;
  evidence: string;
  rulebook: string;
}

/** What disposing came to. */
export interface Disposed {
  disposed: number;
  refused: { code: string; count: number }[];
}

/**
 * Disposes of evidence, one after another: the fact, the key, then the file. Who was stopped begins again: what is gone
 * is not due any more, and a file whose key is gone is swept away. What is kept back is passed over and counted.
 *
 * @param deleteFile deletes the sealed bytes of a file whose key is gone
 * @throws what `handle` throws besides a Rejection, after which it may be run again
 */
export async function disposeOfDue(
  ledger: Ledger,
  who: { actor: Actor; own: ReadonlySet<string>; correlationId: string },
  due: readonly DueEvidence[],
  deleteFile: (blob: string) => Promise<void>,
): Promise<Disposed> {
  let disposed = 0;
  const refused = new Map<string, number>();
  for (const { member, evidence, rulebook } of due) {
    const body = { evidence };
    const key = followUpKey(rulebook, disposeEvidence.name, evidence);
    const request = { definition: disposeEvidence, subject: member, body, raw: body, key };
    try {
      const { blobs } = await erasing(ledger, { ...request, ...who, causationId: rulebook });
      for (const blob of blobs) await deleteFile(blob);
      disposed += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
    }
  }
  return { disposed, refused: [...refused].map(([code, count]) => ({ code, count })) };
}
