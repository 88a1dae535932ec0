import { v4 } from 'uuid';
import { z } from 'zod';
import { KIDS_PER_FACT } from '../events/erasure.ts';
import { Kid, systemActors } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { claimKidsOf } from './erasure.ts';
import { handle, type Ledger } from './handle.ts';
import { refuse } from './rejection.ts';

/** States an erasure again that the vault has carried out and the ledger (a restored backup) does not know. */
export const eraseAnew = defineCommand({
  name: 'erase-anew',
  category: 'member',
  body: z.strictObject({ kids: z.array(Kid).min(1) }),
  afterErasure: true,
  decide({ body }, state) {
    const kids = body.kids.filter((kid) => !state.erasure.kids.has(kid));
    if (kids.length === 0) refuse('erased', 'this was erased already');
    const claims = claimKidsOf(state);
    const person = kids.includes(state.membership.kid);
    const scope = person ? 'person' : kids.some((kid) => claims.has(kid)) ? 'claim' : 'text';
    const parts = Math.ceil(kids.length / KIDS_PER_FACT);
    return Array.from({ length: parts }, (_, index) => ({
      type: 'Erased' as const,
      data: {
        scope: scope as 'person' | 'claim' | 'text',
        kids: kids.slice(index * KIDS_PER_FACT, (index + 1) * KIDS_PER_FACT),
        part: index + 1,
        parts,
      },
    }));
  },
});

/** Erases anew, by facts of `setup`, what `reconcile` found destroyed in the vault alone: kids by person. */
export async function eraseAnewAll(
  ledger: Ledger,
  found: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const [person, kids] of found) {
    const body = { kids: [...kids] };
    await handle(ledger, {
      definition: eraseAnew,
      subject: person,
      raw: body,
      body,
      key: v4(),
      actor: { id: systemActors.setup, role: 'setup' },
      own: new Set(),
      correlationId: v4(),
    });
  }
}
