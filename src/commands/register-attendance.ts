import type { z } from 'zod';
import { type Actor, systemActors } from '../events/shapes.ts';
import { claimAttendance, revokeAttendance } from './attendance.ts';
import { followUpKey } from './begin.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';
import { Rejection } from './rejection.ts';
import { correctAttendance, recordAttendance, rowOf } from './session.ts';

/** What a row of a register came to; `refused` by its code, the others go on. */
export interface RowOutcome {
  person: string;
  role: string;
  refused: string | undefined;
}

export interface RegisterAnswer extends Answer {
  rows: RowOutcome[];
}

type Recording = z.output<typeof recordAttendance.body>;
type Correcting = z.output<typeof correctAttendance.body>;

/**
 * Records a register, then makes of each row a claim under a key derived from the fact. A retry goes on where
 * a stop came, and writes nothing twice; a row that the rules refuse is reported and keeps no other back.
 *
 * @throws Rejection of the register as a whole; and what `handle` throws
 */
export async function registerAttendance(
  ledger: Ledger,
  request: Omit<Request<'session', Recording>, 'definition'>,
): Promise<RegisterAnswer> {
  const answer = await handle(ledger, { ...request, definition: recordAttendance });
  const rows: RowOutcome[] = [];
  for (const row of request.body.entries) {
    const refused = await follow(ledger, request, answer, row, claimAttendance);
    rows.push({ person: row.person, role: row.role, refused });
  }
  return { ...answer, rows };
}

/**
 * Corrects rows of a register: what each caused is revoked, and where minutes are left it is claimed anew.
 *
 * @throws Rejection of the correction as a whole; and what `handle` throws
 */
export async function correctRegister(
  ledger: Ledger,
  request: Omit<Request<'session', Correcting>, 'definition'>,
): Promise<RegisterAnswer> {
  const answer = await handle(ledger, { ...request, definition: correctAttendance });
  const rows: RowOutcome[] = [];
  for (const row of request.body.entries) {
    const revoked = await follow(ledger, request, answer, row, revokeAttendance);
    // A row that came to nothing has nothing to revoke; any other refusal leaves it as it stands.
    const goesOn = revoked === undefined || revoked === 'attendance-missing';
    const claimed =
      goesOn && row.minutes > 0
        ? await follow(ledger, request, answer, row, claimAttendance)
        : undefined;
    rows.push({ person: row.person, role: row.role, refused: goesOn ? claimed : revoked });
  }
  return { ...answer, rows };
}

async function follow(
  ledger: Ledger,
  request: { subject: string; actor: Actor; correlationId: string },
  answer: Answer,
  row: { person: string; role: string },
  definition: typeof claimAttendance | typeof revokeAttendance,
): Promise<string | undefined> {
  const cause = answer.events[0]?.id ?? '';
  const body = { session: request.subject, role: row.role };
  try {
    await handle(ledger, {
      definition,
      subject: row.person,
      raw: body,
      body,
      key: followUpKey(cause, definition.name, rowOf(row)),
      // The rule acts on behalf of who kept the register: the same ids, whoever resumes.
      actor: { id: systemActors.rule, role: 'rule', onBehalfOf: request.actor.id },
      own: new Set<string>(),
      correlationId: request.correlationId,
      causationId: cause,
    });
    return undefined;
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}
