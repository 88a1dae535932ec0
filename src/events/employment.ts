import { defineFact } from './define.ts';
import { Day, Fraction, Uuid } from './shapes.ts';

export const EmploymentStarted = defineFact({
  type: 'EmploymentStarted',
  category: 'member',
  says: 'An organisation employs a member from a day on, for a share of full time.',
  shape: {
    employmentId: Uuid,
    organisation: Uuid,
    share: Fraction,
    from: Day,
    until: Day.optional(),
  },
  sealed: ['jobTitle'],
});

export const EmploymentChanged = defineFact({
  type: 'EmploymentChanged',
  category: 'member',
  says: 'An employment is for another share of full time from a day on.',
  shape: { employmentId: Uuid, share: Fraction, from: Day },
  sealed: ['jobTitle'],
});

export const EmploymentEnded = defineFact({
  type: 'EmploymentEnded',
  category: 'member',
  says: 'An employment ends on a day (half-open).',
  shape: { employmentId: Uuid, until: Day },
});

export const PlacementStarted = defineFact({
  type: 'PlacementStarted',
  category: 'member',
  says: 'An employed member works at a host organisation from a day on: a secondment.',
  shape: {
    placementId: Uuid,
    employmentId: Uuid,
    host: Uuid,
    from: Day,
    until: Day.optional(),
  },
});

export const PlacementEnded = defineFact({
  type: 'PlacementEnded',
  category: 'member',
  says: 'A placement ends on a day (half-open).',
  shape: { placementId: Uuid, until: Day },
});
