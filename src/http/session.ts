import { z } from 'zod';
import {
  correctRegister,
  type RegisterAnswer,
  registerAttendance,
} from '../commands/register-attendance.ts';
import {
  cancelSession,
  correctAttendance,
  recordAttendance,
  scheduleSession,
} from '../commands/session.ts';
import {
  beginning,
  CommandAnswer,
  command,
  type Operation,
  type Reply,
  replyOf,
  requestOf,
  under,
  write,
} from './operation.ts';
import { registerReads } from './register.ts';

const RegisterAnswered = CommandAnswer.extend({
  rows: z
    .array(z.object({ person: z.uuid(), role: z.string(), refused: z.string().optional() }))
    .describe('what each row came to: its refusal by code, or a claim'),
});

export const sessionOperations: readonly Operation[] = under('sessions', [
  beginning(scheduleSession, {
    path: '/v1/sessions',
    summary: 'Date a run of an entry that is on offer.',
    may: ['admin'],
  }),
  ...registerReads('session', '/v1/sessions', 'sessions'),
  command(cancelSession, {
    path: '/v1/sessions/{session}/cancellations',
    summary: 'Call a session off.',
    may: ['admin'],
    subject: 'session',
  }),
  write({
    id: recordAttendance.name,
    path: '/v1/sessions/{session}/registers',
    summary: 'Record who was there: each row becomes a claim, approved by the attendance.',
    may: ['admin'],
    limit: 'heavy',
    body: recordAttendance.body,
    output: RegisterAnswered,
    async run({ ledger }, call) {
      const request = requestOf(recordAttendance, call, call.path['session'] ?? '');
      return registered(await registerAttendance(ledger, request));
    },
  }),
  write({
    id: correctAttendance.name,
    path: '/v1/sessions/{session}/corrections',
    summary:
      'Correct rows of a register: what each caused is revoked, and claimed anew where minutes are left.',
    may: ['admin'],
    limit: 'heavy',
    body: correctAttendance.body,
    output: RegisterAnswered,
    async run({ ledger }, call) {
      const request = requestOf(correctAttendance, call, call.path['session'] ?? '');
      return registered(await correctRegister(ledger, request));
    },
  }),
]);

function registered(answer: RegisterAnswer): Reply {
  return replyOf(answer, {}, { rows: answer.rows });
}
