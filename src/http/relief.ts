import { changeRelief, endRelief, extendDeadline, grantRelief } from '../commands/relief.ts';
import { command, type Operation, under } from './operation.ts';

export const reliefOperations: readonly Operation[] = under('members', [
  command(grantRelief, {
    path: '/v1/members/{member}/reliefs',
    summary: 'Ask less of a member for a time; the reason is sealed under a key of its own.',
    may: ['admin'],
    subject: 'member',
    makes: 'relief',
  }),
  command(changeRelief, {
    path: '/v1/members/{member}/reliefs/{relief}/changes',
    summary: 'State a relief anew, as a whole.',
    may: ['admin'],
    subject: 'member',
  }),
  command(endRelief, {
    path: '/v1/members/{member}/reliefs/{relief}/endings',
    summary: 'End a relief on a day.',
    may: ['admin'],
    subject: 'member',
  }),
  command(extendDeadline, {
    path: '/v1/members/{member}/deadlines',
    summary: 'Let a member hand in later for one cycle of a scheme.',
    may: ['admin'],
    subject: 'member',
  }),
]);
