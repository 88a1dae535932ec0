import { defineFact } from './define.ts';
import { Code, Day, Points, Uuid } from './shapes.ts';

export const PointsBroughtIn = defineFact({
  type: 'PointsBroughtIn',
  category: 'member',
  says: 'Points from before this ledger: an opening balance, which may lapse on a day.',
  shape: {
    scheme: Uuid,
    cycle: Code,
    category: Code,
    points: Points,
    /** The day from which they count no more. */
    lapsesOn: Day.optional(),
  },
});
