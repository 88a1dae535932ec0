import { learning } from './activities-learning.ts';
import { practice } from './activities-practice.ts';
import type { Activity } from './activity.ts';
import type { Random } from './random.ts';

/** All that members of the demo claim. */
export const activities: readonly Activity[] = [...learning, ...practice];

export const topics = [
  'cyber-security',
  'data',
  'service-design',
  'infrastructure',
  'information-governance',
  'architecture',
  'procurement',
  'accessibility',
  'leadership',
  'geography',
];

/** An activity as often as its kind is claimed. */
export function drawActivity(random: Random): Activity {
  return random.weighted(activities.map((activity) => [activity, activity.weight] as const));
}
