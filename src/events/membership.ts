import { z } from 'zod';
import { defineFact } from './define.ts';
import { Code, Day, Kid, Uuid } from './shapes.ts';

export const Registered = defineFact({
  type: 'Registered',
  category: 'member',
  says: 'A person becomes a member, in a grade, from a day on.',
  shape: { person: Uuid, kid: Kid, grade: Code, on: Day },
  sealed: ['name', 'email', 'number', 'jobTitle'],
});

export const RegistrationAbandoned = defineFact({
  type: 'RegistrationAbandoned',
  category: 'member',
  says: 'A reserved registration will not be made: revision 0 of its stream is taken.',
  shape: { person: Uuid },
});

export const DetailsChanged = defineFact({
  type: 'DetailsChanged',
  category: 'member',
  says: 'Name, address or job title of a member are other than before: the whole again.',
  shape: { on: Day },
  sealed: ['name', 'email', 'jobTitle'],
});

export const NumberCorrected = defineFact({
  type: 'NumberCorrected',
  category: 'member',
  says: 'The membership number was wrong and is another.',
  shape: { correction: Uuid.optional() },
  sealed: ['number'],
});

export const GradeChanged = defineFact({
  type: 'GradeChanged',
  category: 'member',
  says: 'The grade is another from a day on.',
  shape: { grade: Code, effectiveOn: Day },
});

const ending = { effectiveOn: Day };

export const Resigned = defineFact({
  type: 'Resigned',
  category: 'member',
  says: 'A member leaves by their own wish on a day.',
  shape: ending,
});

export const Lapsed = defineFact({
  type: 'Lapsed',
  category: 'member',
  says: 'A membership lapses on a day, for want of renewal.',
  shape: ending,
});

export const Died = defineFact({
  type: 'Died',
  category: 'member',
  says: 'A member died.',
  shape: ending,
});

export const Reinstated = defineFact({
  type: 'Reinstated',
  category: 'member',
  says: 'A membership goes on after a gap.',
  shape: ending,
});

export const Rejoined = defineFact({
  type: 'Rejoined',
  category: 'member',
  says: 'A former member joins again, with continuity or as new.',
  shape: { effectiveOn: Day, grade: Code, continuity: z.enum(['kept', 'new']) },
});

export const SchemeJoined = defineFact({
  type: 'SchemeJoined',
  category: 'member',
  says: 'A member takes part in a scheme; its cycles run from the anchor.',
  shape: { scheme: Uuid, on: Day, anchor: Day, track: Code.optional() },
});

export const RulebookAdopted = defineFact({
  type: 'RulebookAdopted',
  category: 'member',
  says: 'A member adopts a version of a scheme’s rules before it binds everybody, from a day on.',
  shape: {
    scheme: Uuid,
    rulebook: z.strictObject({ version: z.int().min(1), eventId: Uuid }),
    from: Day,
  },
});

export const SchemeLeft = defineFact({
  type: 'SchemeLeft',
  category: 'member',
  says: 'A member takes no further part in a scheme.',
  shape: { scheme: Uuid, on: Day },
});
