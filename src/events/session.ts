import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, Uuid } from './shapes.ts';

/** Rows of one register: what one fact holds (contract, 5). */
const MOST_ENTRIES = 500;

const Minutes = z.int().max(600_000);
export const AttendanceEntry = z.strictObject({
  person: Uuid,
  minutes: Minutes.min(1),
  role: Code,
});

export const SessionScheduled = defineFact({
  type: 'SessionScheduled',
  category: 'session',
  says: 'A dated run of a catalogue entry.',
  shape: {
    entry: Uuid,
    from: Day,
    /** The day after the last one. */
    until: Day,
    kind: Code,
    topics: z.array(Code).max(20),
  },
});

export const SessionCancelled = defineFact({
  type: 'SessionCancelled',
  category: 'session',
  says: 'A session does not take place.',
  shape: {},
});

export const AttendanceRecorded = defineFact({
  type: 'AttendanceRecorded',
  category: 'session',
  says: 'Who was there, for how long, in what role: ids, never names.',
  shape: { entries: z.array(AttendanceEntry).min(1).max(MOST_ENTRIES), by: Uuid },
});

export const AttendanceCorrected = defineFact({
  type: 'AttendanceCorrected',
  category: 'session',
  says: 'Rows of a register were wrong: what they caused is revoked. No minutes: was not there.',
  shape: {
    entries: z
      .array(AttendanceEntry.extend({ minutes: Minutes.min(0) }))
      .min(1)
      .max(MOST_ENTRIES),
    by: Uuid,
  },
});
