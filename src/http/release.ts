import { publishDisclosureProfile, publishNeighbours } from '../commands/release.ts';
import { beginning, command, type Operation, under } from './operation.ts';
import { registerReads } from './register.ts';

export const releaseOperations: readonly Operation[] = under('releases', [
  {
    ...beginning(publishDisclosureProfile, {
      path: '/v1/releases',
      summary:
        'Publish the first version of what keeps published tables from speaking of single people.',
      may: ['admin'],
    }),
    id: 'begin-release',
  },
  ...registerReads('release', '/v1/releases', 'disclosure profiles, and neighbours as stated'),
  command(publishDisclosureProfile, {
    path: '/v1/releases/{release}/versions',
    summary: 'Publish the next version of a disclosure profile.',
    may: ['admin'],
    subject: 'release',
  }),
  beginning(publishNeighbours, {
    path: '/v1/neighbours',
    summary: 'State as a whole which regions border on which; the latest statement is in force.',
    may: ['admin'],
  }),
]);
