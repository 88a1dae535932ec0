import { z } from 'zod';
import type { AnyFact } from '../events/registry.ts';
import { Kid, text, Uuid } from '../events/shapes.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';

export interface LedgerState {
  ledgerId?: string;
  name?: string;
  demo?: boolean;
}

export const ledger = {
  initial: (): LedgerState => ({}),
  evolve(state: LedgerState, fact: AnyFact): LedgerState {
    if (fact.type !== 'LedgerOpened') return state;
    return { ledgerId: fact.data.ledgerId, name: fact.data.name, demo: fact.data.demo };
  },
};

/** Opens a ledger: its first fact. Who loses a race reads what the other wrote. */
export const openLedger = defineCommand({
  name: 'open-ledger',
  category: 'ledger',
  body: z.strictObject({ ledgerId: Uuid, name: text(200), demo: z.boolean() }),
  decide({ body }, state) {
    if (state.ledgerId !== undefined) refuse('already-open', 'this ledger is open already');
    return [
      {
        type: 'LedgerOpened',
        data: { ...body, contractVersion: 1, zone: 'Europe/London' },
      },
    ];
  },
});

/** States that keys are lost for good, so that the ledger may go on without what was sealed under them. */
export const stateKeysLost = defineCommand({
  name: 'state-keys-lost',
  category: 'ledger',
  body: z.strictObject({ kids: z.array(Kid).min(1).max(1_000) }),
  decide({ body }) {
    return [{ type: 'KeysLost', data: body }];
  },
});
