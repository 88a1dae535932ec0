import { z } from 'zod';
import { reliefClasses } from '../scheme/rules/target.ts';
import { defineFact } from './define.ts';
import { Code, Day, Kid, Uuid } from './shapes.ts';

/** Classes of relief: what each lowers is the rulebook’s to say. They tell nothing of the reason. */
export const ReliefClass = z.enum(reliefClasses);

const MinutesPerWeek = z.int().min(0).max(10_080);

export const ReliefGranted = defineFact({
  type: 'ReliefGranted',
  category: 'member',
  says: 'Less is asked of a member for a time; the reason is sealed under a key of its own.',
  shape: {
    reliefId: Uuid,
    kid: Kid,
    class: ReliefClass,
    from: Day,
    until: Day.optional(),
    /** Working time that is left, in minutes a week. */
    minutesPerWeek: MinutesPerWeek.optional(),
  },
  sealed: ['reason'],
});

export const ReliefChanged = defineFact({
  type: 'ReliefChanged',
  category: 'member',
  says: 'A relief is stated anew as a whole.',
  shape: {
    reliefId: Uuid,
    class: ReliefClass,
    from: Day,
    until: Day.optional(),
    minutesPerWeek: MinutesPerWeek.optional(),
  },
  sealed: ['reason'],
});

export const ReliefEnded = defineFact({
  type: 'ReliefEnded',
  category: 'member',
  says: 'A relief ends on a day (half-open).',
  shape: { reliefId: Uuid, until: Day },
});

export const DeadlineExtended = defineFact({
  type: 'DeadlineExtended',
  category: 'member',
  says: 'A member has until a later day to hand in for a cycle of a scheme.',
  shape: { scheme: Uuid, cycle: Code, until: Day },
  sealed: ['reason'],
});
