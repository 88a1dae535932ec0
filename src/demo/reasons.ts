/** What people of the demo write when they decide, ask or object: all of it is sealed. */
export const reasons = {
  reduce: [
    'The programme shows half a day; the lunch talk is not counted.',
    'Travel was counted in: accepted without it.',
    'The certificate shows fewer hours than were claimed.',
  ],
  reject: [
    'This is part of the ordinary duties of the post.',
    'The same course was claimed in spring already.',
    'It lies outside what the scheme counts as development.',
  ],
  return: [
    'Please say what you learnt and how it bears on your work.',
    'Which part of the day did you attend? The programme has two.',
    'The certificate is of another year: please attach the right one.',
  ],
  revoke: [
    'The provider has told us that the certificate was not theirs.',
    'Approved twice by mistake: the other claim stands.',
    'The course was not completed after all.',
  ],
  review: [
    'Drawn in this quarter’s sample of decisions.',
    'The number of hours is unusual for this event.',
    'A second claim for the same event came to light.',
  ],
  closed: [
    'Evidence and decision were looked at together by two people.',
    'The member explained it, and the programme bears them out.',
    'What was sent in does not show what was claimed.',
  ],
  appeal: [
    'The course went well beyond my duties; my manager has written to say so.',
    'The spring course was the first part, this is the second.',
    'The scheme counts audit work, see the list of last year.',
  ],
} as const;

/** Why less is asked of somebody for a time. */
export const reliefReasons = [
  'Parental leave, as their employer confirms.',
  'Long absence; a letter from their occupational health service was shown.',
  'Caring for a relative; working two days a week.',
  'A year abroad with a partner, without a post.',
  'Redundancy: between posts, and no access to courses.',
] as const;
