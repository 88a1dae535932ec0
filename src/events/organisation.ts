import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, storedText, Uuid } from './shapes.ts';

/** A code in a register, dated: codes change, and some bodies have none. */
export const Identifier = z.strictObject({
  register: Code,
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._/-]{0,63}$/, {
    error: 'a code of the register is expected, without spaces',
  }),
  from: Day,
  until: Day.optional(),
});

/** Version 1 knew one code, that of the statistics office, without dates. */
const RegisteredV1 = z.strictObject({
  name: storedText(200),
  type: Code,
  region: Code.optional(),
  nation: Code.optional(),
  from: Day,
  gssCode: z
    .string()
    .regex(/^[A-Z]\d{8}$/)
    .optional(),
});

export const OrganisationRegistered = defineFact({
  type: 'OrganisationRegistered',
  category: 'organisation',
  says: 'A body is entered: a council, a combined authority, a shared service, a partner, another.',
  version: 2,
  shape: {
    /** Names of bodies are public and stand in clear. */
    name: storedText(200),
    type: Code,
    region: Code.optional(),
    nation: Code.optional(),
    /** The day since when it has been. */
    from: Day,
    identifiers: z.array(Identifier).max(50),
  },
  older: [RegisteredV1],
  upcasters: [
    // A code of version 1 was the body's from its first day: nothing else was known of it.
    ({ gssCode, ...rest }: z.output<typeof RegisteredV1>) => ({
      ...rest,
      identifiers:
        gssCode === undefined ? [] : [{ register: 'gss', code: gssCode, from: rest.from }],
    }),
  ],
});

export const OrganisationDetailsChanged = defineFact({
  type: 'OrganisationDetailsChanged',
  category: 'organisation',
  says: 'Name, type or place of a body are other than before, from a day on: the whole again.',
  shape: {
    name: storedText(200),
    type: Code,
    region: Code.optional(),
    nation: Code.optional(),
    effectiveOn: Day,
  },
});

export const OrganisationIdentifiersChanged = defineFact({
  type: 'OrganisationIdentifiersChanged',
  category: 'organisation',
  says: 'The codes of a body in registers: the whole again, dated.',
  shape: { identifiers: z.array(Identifier).max(50) },
});

export const OrganisationEnded = defineFact({
  type: 'OrganisationEnded',
  category: 'organisation',
  says: 'A body is no more from a day on.',
  shape: { until: Day },
});

export const OrganisationSucceeded = defineFact({
  type: 'OrganisationSucceeded',
  category: 'organisation',
  says: 'Others take a body’s place. After a split its people are unassigned until they say.',
  shape: {
    successors: z.array(Uuid).min(1).max(50),
    kind: z.enum(['merger', 'split', 'rename']),
    effectiveOn: Day,
  },
});
