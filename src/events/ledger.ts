import { z } from 'zod';
import { defineFact } from './define.ts';
import { Kid, storedText, Uuid } from './shapes.ts';

export const LedgerOpened = defineFact({
  type: 'LedgerOpened',
  category: 'ledger',
  says: 'A ledger begins: one ledger, one society. It is the first fact, at index 0.',
  shape: {
    ledgerId: Uuid,
    name: storedText(200),
    contractVersion: z.literal(1),
    zone: z.literal('Europe/London'),
    /** Opened for a demo: the generator's clock may run through the years. */
    demo: z.boolean(),
  },
});

export const KeysLost = defineFact({
  type: 'KeysLost',
  category: 'ledger',
  says: 'An admin states that keys are gone without an erasure; their texts cannot be opened again.',
  shape: { kids: z.array(Kid).min(1).max(1_000) },
});
