import { changeEntry, delistEntry, listEntry } from '../commands/catalogue.ts';
import { beginning, command, type Operation, under } from './operation.ts';
import { registerReads } from './register.ts';

export const catalogueOperations: readonly Operation[] = under('catalogue', [
  beginning(listEntry, {
    path: '/v1/catalogue',
    summary: 'Put something on offer.',
    may: ['admin'],
  }),
  ...registerReads('catalogue', '/v1/catalogue', 'entries of the catalogue'),
  command(changeEntry, {
    path: '/v1/catalogue/{catalogue}/changes',
    summary: 'State an entry anew, as a whole.',
    may: ['admin'],
    subject: 'catalogue',
  }),
  command(delistEntry, {
    path: '/v1/catalogue/{catalogue}/delistings',
    summary: 'Take an entry off the catalogue; its sessions stay.',
    may: ['admin'],
    subject: 'catalogue',
  }),
]);
