import { z } from 'zod';
import { outcomes } from '../scheme/outcome.ts';
import { defineFact } from './define.ts';
import { Code, Uuid } from './shapes.ts';

/** SHA-256 in hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, {
  error: 'a SHA-256 in hex is expected',
});

export const CycleDetermined = defineFact({
  type: 'CycleDetermined',
  category: 'member',
  says: 'What a member’s cycle in a scheme came to, on the day of recording in the ledger’s zone.',
  shape: {
    scheme: Uuid,
    cycle: Code,
    outcome: z.enum(outcomes),
    /** Over the statement in canonical JSON (RFC 8785), on that day and as of `index`. */
    digest: Sha256,
    /** Facts of the ledger with a lower index were looked at. */
    index: z.int().min(0),
  },
});
