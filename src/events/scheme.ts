import { z } from 'zod';
import { Rulebook } from '../scheme/rulebook.ts';
import { fromVersion1, RulebookV1 } from '../scheme/rulebook-v1.ts';
import { RulebookV2 } from '../scheme/rulebook-v2.ts';
import { defineFact } from './define.ts';
import { Code, Day, Uuid } from './shapes.ts';

const published = { version: z.int().min(1), effectiveFrom: Day };
/** Version 1 held a rulebook of the first format. */
const PublishedV1 = z.strictObject({
  ...published,
  rulebook: RulebookV1,
  corrects: Uuid.optional(),
});
/** Version 2 knew less of the second format: version 3 added to it. */
const PublishedV2 = z.strictObject({
  ...published,
  rulebook: RulebookV2,
  corrects: Uuid.optional(),
});

export const RulebookPublished = defineFact({
  type: 'RulebookPublished',
  category: 'scheme',
  says: 'A version of a scheme’s rules is published, in force from a day on.',
  version: 3,
  shape: { ...published, rulebook: Rulebook },
  older: [PublishedV1, PublishedV2],
  upcasters: [
    ({ rulebook, ...rest }: z.output<typeof PublishedV1>) => ({
      ...rest,
      rulebook: fromVersion1(rulebook),
    }),
    (data: z.output<typeof PublishedV2>) => data,
  ],
});

export const AssessorAppointed = defineFact({
  type: 'AssessorAppointed',
  category: 'scheme',
  says: 'A person may decide claims in a scheme from a day on, within limits.',
  shape: {
    appointmentId: Uuid,
    person: Uuid,
    /** Categories that they may decide on; absent: all. */
    categories: z.array(Code).min(1).max(50).optional(),
    /** The most that one line may be awarded under it, in hundredths of a point; absent: no limit. */
    mostPoints: z.int().min(0).optional(),
    /** Persons who may decide in their place. */
    delegates: z.array(Uuid).max(20),
    from: Day,
    until: Day.optional(),
  },
});

export const AppointmentEnded = defineFact({
  type: 'AppointmentEnded',
  category: 'scheme',
  says: 'An appointment ends on a day (half-open), the next day at the earliest.',
  shape: { appointmentId: Uuid, until: Day },
});

export const PanelConstituted = defineFact({
  type: 'PanelConstituted',
  category: 'scheme',
  says: 'A panel is formed: who sits on it and how many must decide together.',
  shape: {
    panelId: Uuid,
    members: z.array(Uuid).min(1).max(20),
    quorum: z.int().min(1).max(20),
    from: Day,
    until: Day.optional(),
  },
});

export const InterestDeclared = defineFact({
  type: 'InterestDeclared',
  category: 'scheme',
  says: 'A person declares an interest in an organisation or a person from a day on.',
  shape: {
    interestId: Uuid,
    person: Uuid,
    in: Uuid,
    kind: z.enum(['employer', 'provider', 'colleague', 'other']),
    from: Day,
    until: Day.optional(),
  },
});
