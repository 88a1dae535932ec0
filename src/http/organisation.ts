import {
  changeIdentifiers,
  changeOrganisation,
  endOrganisation,
  registerOrganisation,
  succeedOrganisation,
} from '../commands/organisation.ts';
import { beginning, command, type Operation, under } from './operation.ts';
import { registerReads } from './register.ts';

export const organisationOperations: readonly Operation[] = under('organisations', [
  beginning(registerOrganisation, {
    path: '/v1/organisations',
    summary: 'Enter a body: a council, a combined authority, a shared service, a partner, another.',
    may: ['admin'],
  }),
  ...registerReads('organisation', '/v1/organisations', 'bodies'),
  command(changeOrganisation, {
    path: '/v1/organisations/{organisation}/changes',
    summary: 'State name, type and place anew, as a whole, from a day on.',
    may: ['admin'],
    subject: 'organisation',
  }),
  command(changeIdentifiers, {
    path: '/v1/organisations/{organisation}/identifiers',
    summary: 'State the codes of a body anew, as a whole.',
    may: ['admin'],
    subject: 'organisation',
  }),
  command(endOrganisation, {
    path: '/v1/organisations/{organisation}/endings',
    summary: 'End a body without a successor.',
    may: ['admin'],
    subject: 'organisation',
  }),
  command(succeedOrganisation, {
    path: '/v1/organisations/{organisation}/successions',
    summary:
      'Say who takes a body’s place: a merger and a rename have one successor, a split several.',
    may: ['admin'],
    subject: 'organisation',
  }),
]);
