import { mapFramework, publishFramework } from '../commands/framework.ts';
import { beginning, command, type Operation, under } from './operation.ts';
import { registerReads } from './register.ts';

export const frameworkOperations: readonly Operation[] = under('frameworks', [
  {
    ...beginning(publishFramework, {
      path: '/v1/frameworks',
      summary: 'Publish the first version of a framework of skills.',
      may: ['admin'],
    }),
    id: 'begin-framework',
  },
  ...registerReads('framework', '/v1/frameworks', 'frameworks of skills', {
    field: 'skills',
    count: 'skillCount',
  }),
  command(publishFramework, {
    path: '/v1/frameworks/{framework}/versions',
    summary: 'Publish the next version of a framework, with what became of the skills of the last.',
    may: ['admin'],
    subject: 'framework',
  }),
  command(mapFramework, {
    path: '/v1/frameworks/{framework}/mappings',
    summary: 'State anew, as a whole, what became of the skills of the version before.',
    may: ['admin'],
    subject: 'framework',
  }),
]);
