import {
  changeEmployment,
  endEmployment,
  endPlacement,
  startEmployment,
  startPlacement,
} from '../commands/employment.ts';
import { command, type Operation, under } from './operation.ts';

export const employmentOperations: readonly Operation[] = under('members', [
  command(startEmployment, {
    path: '/v1/members/{member}/employments',
    summary: 'Record that an organisation employs the member: one of several at once, if so.',
    may: ['own', 'admin'],
    subject: 'member',
    makes: 'employment',
  }),
  command(changeEmployment, {
    path: '/v1/members/{member}/employments/{employment}/changes',
    summary: 'Record another share of full time, or another title, from a day on.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  command(endEmployment, {
    path: '/v1/members/{member}/employments/{employment}/endings',
    summary: 'End an employment on a day, and the placements from it.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  command(startPlacement, {
    path: '/v1/members/{member}/employments/{employment}/placements',
    summary: 'Record a secondment: an employed member works at a host.',
    may: ['own', 'admin'],
    subject: 'member',
    makes: 'placement',
  }),
  command(endPlacement, {
    path: '/v1/members/{member}/placements/{placement}/endings',
    summary: 'End a secondment on a day.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
]);
