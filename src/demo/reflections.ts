import type { Random } from './random.ts';

const reflections = [
  'I changed our runbook after this and have told the team why.',
  'Most useful was the session on logging; I shall use it at the next incident.',
  'It confirmed what we do, and showed me where our letters are unclear.',
  'I should like to go deeper into the costs next year.',
  'We tried it with two teams and it worked better than the old way.',
];

/** What a member writes about what they learnt. */
export function drawReflection(random: Random): string {
  return random.pick(reflections);
}
