import { publishProfile, retireProfile } from '../commands/profile.ts';
import { beginning, command, type Operation, under } from './operation.ts';
import { registerReads } from './register.ts';

export const profileOperations: readonly Operation[] = under('profiles', [
  {
    ...beginning(publishProfile, {
      path: '/v1/profiles',
      summary: 'Publish the first version of what a body needs to deliver something.',
      may: ['admin'],
    }),
    id: 'begin-profile',
  },
  ...registerReads('profile', '/v1/profiles', 'capability profiles'),
  command(publishProfile, {
    path: '/v1/profiles/{profile}/versions',
    summary: 'Publish the next version of a capability profile.',
    may: ['admin'],
    subject: 'profile',
  }),
  command(retireProfile, {
    path: '/v1/profiles/{profile}/retirements',
    summary: 'Retire a capability profile from a day on.',
    may: ['admin'],
    subject: 'profile',
  }),
]);
