import { z } from 'zod';
import { ActivityRole } from '../events/codes.ts';
import type { AnyFact } from '../events/registry.ts';
import { AttendanceEntry } from '../events/session.ts';
import { Day, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { addDays, type CivilDate, lastDayOf } from '../scheme/civil-date.ts';
import { onOffer } from './catalogue.ts';
import { defineCommand } from './define.ts';
import { inOrder } from './interval.ts';
import { refuse } from './rejection.ts';

export interface Session {
  run:
    | { entry: string; from: CivilDate; until: CivilDate; kind: string; topics: string[] }
    | undefined;
  cancelled: boolean;
  /** Rows by `<person>/<role>`, as last stated; no minutes: was not there. */
  register: Map<string, { minutes: number; by: string }>;
}

export const session = {
  initial: (): Session => ({ run: undefined, cancelled: false, register: new Map() }),
  evolve(state: Session, fact: AnyFact): Session {
    if (fact.type === 'SessionScheduled') state.run = fact.data;
    else if (fact.type === 'SessionCancelled') state.cancelled = true;
    else if (fact.type === 'AttendanceRecorded' || fact.type === 'AttendanceCorrected') {
      for (const row of fact.data.entries) {
        state.register.set(rowOf(row), { minutes: row.minutes, by: fact.data.by });
      }
    }
    return state;
  },
};

/** How a row of a register is known: the same person may be there in two roles. */
export function rowOf({ person, role }: { person: string; role: string }): string {
  return `${person}/${role}`;
}

/** Dates a run of an entry that is on offer. */
export const scheduleSession = defineCommand({
  name: 'schedule-session',
  category: 'session',
  body: z.strictObject({ entry: Uuid, from: Day, until: Day.optional() }),
  context: async (load, { body }) => load('catalogue', body.entry),
  decide({ body }, state, entry) {
    if (state.run !== undefined) refuse('session-exists', 'this session is scheduled already');
    const { kind, topics } = onOffer(entry);
    const until = body.until ?? addDays(body.from, 1);
    inOrder({ from: body.from, until });
    return [{ type: 'SessionScheduled', data: { ...body, until, kind, topics } }];
  },
});

/** Calls a session off, unless somebody was there. */
export const cancelSession = defineCommand({
  name: 'cancel-session',
  category: 'session',
  body: z.strictObject({}),
  decide(_command, state) {
    takingPlace(state);
    if (state.register.size > 0) {
      refuse('attendance-recorded', 'attendance is recorded: correct the register instead');
    }
    return [{ type: 'SessionCancelled', data: {} }];
  },
});

const rows = z
  .array(AttendanceEntry.extend({ role: ActivityRole }))
  .min(1)
  .max(limits.attendanceEntries);

/** Records who was there; the claims that follow are commands of their own. */
export const recordAttendance = defineCommand({
  name: 'record-attendance',
  category: 'session',
  body: z.strictObject({ entries: rows }),
  decide({ body, actor, today }, state) {
    const last = lastDayOf(takingPlace(state));
    if (last > today) refuse('session-ahead', `this session ends on ${last}`);
    eachOnce(body.entries);
    const again = body.entries.find((row) => state.register.has(rowOf(row)));
    if (again !== undefined) {
      refuse('attendance-recorded', `${again.person} is in the register as ${again.role} already`);
    }
    return [{ type: 'AttendanceRecorded', data: { entries: body.entries, by: actor.id } }];
  },
});

/** Corrects rows of a register; what they caused is revoked by commands of their own. */
export const correctAttendance = defineCommand({
  name: 'correct-attendance',
  category: 'session',
  body: z.strictObject({
    entries: z
      .array(AttendanceEntry.extend({ role: ActivityRole, minutes: z.int().min(0).max(600_000) }))
      .min(1)
      .max(limits.attendanceEntries),
  }),
  decide({ body, actor }, state) {
    takingPlace(state);
    eachOnce(body.entries);
    for (const row of body.entries) {
      const before = state.register.get(rowOf(row));
      if (before === undefined) {
        refuse('attendance-missing', `${row.person} is not in the register as ${row.role}`);
      }
      if (before.minutes === row.minutes) {
        refuse('attendance-recorded', `${row.person} has ${row.minutes} minutes already`);
      }
    }
    return [{ type: 'AttendanceCorrected', data: { entries: body.entries, by: actor.id } }];
  },
});

function takingPlace(state: Session): NonNullable<Session['run']> {
  if (state.run === undefined) refuse('session-unknown', 'there is no such session');
  if (state.cancelled) refuse('session-cancelled', 'this session was cancelled');
  return state.run;
}

function eachOnce(entries: readonly { person: string; role: string }[]): void {
  const seen = new Set<string>();
  for (const row of entries) {
    if (seen.has(rowOf(row))) {
      refuse('attendance-doubled', `${row.person} stands twice as ${row.role}`);
    }
    seen.add(rowOf(row));
  }
}
