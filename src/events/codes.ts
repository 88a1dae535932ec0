import { z } from 'zod';

/**
 * The closed lists from which people choose codes that stand in clear (docs/adr/0006-closed-lists-at-the-door.md).
 * A code says what an activity was or on what formal ground something was decided; nothing here may tell of
 * health, family or conduct, and what is typed freely is sealed text instead.
 */
export const ReasonCode = closedList([
  'administrative-error',
  'agreement',
  'amount-reduced',
  'attendance-corrected',
  'changed-circumstances',
  'counted-twice',
  'data-migration',
  'evidence-missing',
  'evidence-unclear',
  'evidence-wrong',
  'new-evidence',
  'other',
  'outside-cycle',
  'outside-scheme',
  'provider-notice',
  'review-sample',
  'reviewed',
  'rules-misapplied',
]);

/** In what part somebody took part in an activity. */
export const ActivityRole = closedList([
  'assessor',
  'attendee',
  'author',
  'chair',
  'co-author',
  'editor',
  'mentee',
  'mentor',
  'organiser',
  'panellist',
  'participant',
  'speaker',
  'trainer',
  'volunteer',
]);

export const ActivityLevel = closedList(['introductory', 'intermediate', 'advanced', 'expert']);

export const Delivery = closedList(['in-person', 'online', 'recorded', 'blended', 'self-paced']);

/** What an activity was about. */
export const Topic = closedList([
  'accessibility',
  'architecture',
  'artificial-intelligence',
  'cloud',
  'communication',
  'cyber-security',
  'data',
  'digital-inclusion',
  'ethics',
  'finance',
  'geography',
  'governance',
  'information-governance',
  'infrastructure',
  'law',
  'leadership',
  'procurement',
  'professional-practice',
  'project-delivery',
  'research',
  'service-design',
  'software',
  'sustainability',
]);

/** Typed as text, since facts keep codes that later lists may no longer have. */
function closedList(codes: string[]): z.ZodType<string> {
  return z.enum(codes);
}
