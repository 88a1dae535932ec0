import { creditSkill, endSkill, reassessSkill } from '../commands/skill.ts';
import { command, type Operation, under } from './operation.ts';

const observers = ['own', 'assessor', 'admin', { shares: 'skills' }] as const;

export const skillOperations: readonly Operation[] = under('members', [
  command(creditSkill, {
    path: '/v1/members/{member}/skills',
    summary:
      'Credit a skill that no claim stands for: as oneself, a peer, a manager, from outside.',
    may: observers,
    subject: 'member',
    makes: 'credit',
  }),
  command(reassessSkill, {
    path: '/v1/members/{member}/skills/{credit}/reassessments',
    summary: 'Put a credited skill at another level.',
    may: observers,
    subject: 'member',
  }),
  command(endSkill, {
    path: '/v1/members/{member}/skills/{credit}/endings',
    summary: 'End a credited skill on a day.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
]);
