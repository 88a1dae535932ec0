import { z } from 'zod';
import { isCivilDate } from '../scheme/civil-date.ts';

/** Shapes that many facts share. All are strict: what is not named is refused (contract, 3). */

export const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'a UUID in lower case is expected',
  });
export const Day = z
  .string()
  .refine(isCivilDate, { error: 'a day of the calendar is expected, as YYYY-MM-DD' })
  .meta({ format: 'date' });
export const Instant = z
  .string()
  .refine(isInstant, {
    error: 'a time in UTC with milliseconds is expected, as 2026-01-31T09:30:00.000Z',
  })
  .meta({ format: 'date-time' });
/** Sixteen random bytes, base64url without padding. */
export const Kid = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/**
 * A code: from a closed list (events/codes.ts), a rulebook, a framework, or by an admin's hand. Never a name,
 * never free text.
 */
export const Code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, {
  error: 'a code is expected: lower case letters, digits and hyphens',
});
/** Points in hundredths. */
export const Points = z.int().min(0).max(100_000_000);
/** Time in whole minutes; days, months, units and credits in hundredths (contract, 3). */
export const Quantity = z.strictObject({
  amount: z
    .int()
    .min(1)
    .max(10_000_000)
    .describe('minutes; of all other units hundredths: a day and a half is 150 of `day`'),
  unit: z.enum(['minute', 'day', 'month', 'unit', 'credit']),
});
export const Fraction = z.strictObject({ num: z.int().min(0), den: z.int().min(1) });

export const SealedBoxShape = z.strictObject({
  v: z.literal(1),
  alg: z.literal('A256GCM'),
  kid: Kid,
  iv: z.string().regex(/^[A-Za-z0-9_-]{16}$/),
  ct: z.string().regex(/^[A-Za-z0-9_-]+$/),
  c: z.record(z.string().max(200), z.string().regex(/^[A-Za-z0-9_-]{43}$/)),
});

/** Who acts: a person by id in a role, or a system actor from the closed list below. */
export const Actor = z.strictObject({
  id: Uuid,
  role: z.enum([
    'member',
    'assessor',
    'reviewer',
    'line-manager',
    'organisation-contact',
    'admin',
    'auditor',
    'analyst',
    'import',
    'rule',
    'setup',
  ]),
  onBehalfOf: Uuid.optional(),
});
export type Actor = z.infer<typeof Actor>;

/** The closed list of system actors (contract, 1). */
export const systemActors = {
  import: '00000000-0000-8000-8000-000000000001',
  rule: '00000000-0000-8000-8000-000000000002',
  setup: '00000000-0000-8000-8000-000000000003',
} as const;

/** Whether an id is from the range that is kept for system actors, and for nobody: no person ever has one. */
export function isSystemId(id: string): boolean {
  return id.startsWith('00000000-0000-8000-8000-');
}

export const Metadata = z.strictObject({
  schemaVersion: z.int().min(1),
  commandId: Uuid,
  commandDigest: z.strictObject({ kid: Kid, mac: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  correlationId: Uuid,
  causationId: Uuid.optional(),
  actor: Actor,
  recordedAt: Instant,
  /** When it was handed in, where that is not the day of recordedAt; set by admin or import, with its source. */
  submittedOn: z
    .strictObject({ on: Day, source: z.enum(['paper', 'e-mail', 'telephone', 'old-system']) })
    .optional(),
});
export type Metadata = z.infer<typeof Metadata>;

/** On whose authority a decision stands (contract, 5). */
export const Decision = z.strictObject({
  decidedBy: z.array(Uuid).max(20),
  decidedOn: Day,
  capacity: z.enum([
    'assessor',
    'panel',
    'delegate',
    'rule',
    'attendance',
    'recognition',
    'import',
  ]),
  /** The appointment, panel, agreement, session or correction under which it was taken. */
  under: Uuid.optional(),
  interests: z.array(Uuid).max(50),
  reasons: z.array(Code).max(20),
});
export type Decision = z.infer<typeof Decision>;

/** Text as it is stored, in clear or sealed: NFC, well-formed, no control characters but tab and newline (contract, 3). */
export function isStorable(value: string): boolean {
  return isUnbroken(value) && value.normalize('NFC') === value;
}

/** Text in a fact, in clear: stored as it is, or refused. */
export function storedText(most: number): z.ZodType<string> {
  return z
    .string()
    .min(1)
    .max(most)
    .refine(isStorable, { error: 'text in a fact is NFC, without control or broken characters' });
}

/** Text as people type it, brought into the form in which it is stored. */
export function text(most: number): z.ZodType<string> {
  return z
    .string()
    .refine(isUnbroken, { error: 'text has a control character or a broken character' })
    .overwrite((value) => value.normalize('NFC').trim())
    .min(1, { error: 'text is expected, not an empty string' })
    .max(most, { error: `at most ${most} characters are expected` });
}

/** Whether a text is a time that there was, in the one form in which times are stored. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && isCivilDate(text.slice(0, 10));
}

/** Whether a text is well-formed and has no control characters but tab and newline. */
export function isUnbroken(value: string): boolean {
  return value.isWellFormed() && !CONTROL.test(value);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
