import { grantSharing, withdrawSharing } from '../commands/sharing.ts';
import { command, type Operation, under } from './operation.ts';

export const sharingOperations: readonly Operation[] = under('members', [
  command(grantSharing, {
    path: '/v1/members/{member}/sharings',
    summary: 'Let an organisation or a person see something of yours. The member alone may.',
    may: ['own'],
    subject: 'member',
    makes: 'sharing',
  }),
  command(withdrawSharing, {
    path: '/v1/members/{member}/sharings/{sharing}/endings',
    summary: 'Share something no longer, from today or a later day on.',
    may: ['own'],
    subject: 'member',
  }),
]);
