import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, text } from './shapes.ts';

export const OrganisationRegistered = defineFact({
  type: 'OrganisationRegistered',
  category: 'organisation',
  says: 'A body is entered: a council, a combined authority, a shared service, a partner, another.',
  shape: {
    /** Names of bodies are public and stand in clear. */
    name: text(200),
    type: Code,
    region: Code.optional(),
    nation: Code.optional(),
    /** The day since when it has been. */
    from: Day,
    /** Its code in the register of the statistics office. */
    gssCode: z
      .string()
      .regex(/^[A-Z]\d{8}$/)
      .optional(),
  },
});
