import { z } from 'zod';
import { declareCapability, withdrawCapability } from '../commands/capability.ts';
import { command, type Operation, read, under } from './operation.ts';

const contact = { contactOf: 'organisation' } as const;

const Declared = z.object({
  declaration: z.uuid(),
  framework: z.object({ id: z.uuid(), version: z.int() }),
  skill: z.uuid(),
  level: z.string().optional().describe('at it or above; absent: at any'),
  headcount: z.int(),
  of: z.int().describe('people in all'),
  asOf: z.iso.date(),
  by: z.uuid(),
  until: z.iso.date().optional().describe('since when it holds no longer'),
});

export const capabilityOperations: readonly Operation[] = under('organisations', [
  command(declareCapability, {
    path: '/v1/organisations/{organisation}/capabilities',
    summary: 'Declare how many people of a body can do something: shown apart from evidence.',
    may: ['admin', contact],
    subject: 'organisation',
    makes: 'declaration',
  }),
  read({
    id: 'list-capabilities',
    path: '/v1/organisations/{organisation}/capabilities',
    summary: 'What a body declared of itself, in the order of declaring, withdrawn ones too.',
    may: ['admin', 'auditor', contact],
    output: z.object({ items: z.array(Declared) }),
    async run({ ledger }, { path }) {
      const { state, revision } = await ledger.streams.load(
        'organisation',
        path['organisation'] ?? '',
      );
      const items = [...state.declarations].map(([declaration, said]) => ({
        declaration,
        ...said,
      }));
      return { body: { items }, revision };
    },
  }),
  command(withdrawCapability, {
    path: '/v1/organisations/{organisation}/capabilities/{declaration}/withdrawals',
    summary: 'Take a declaration back from a day on, or as if it had never been made.',
    may: ['admin', contact],
    subject: 'organisation',
  }),
]);
