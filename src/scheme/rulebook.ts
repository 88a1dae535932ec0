import { z } from 'zod';
import type { CivilDate } from './civil-date.ts';
import { Breaches } from './rules/breach.ts';
import { carryOf, shortfallOf } from './rules/carry.ts';
import { Cycle } from './rules/cycle.ts';
import { type Kind, kindOf, roundingOf } from './rules/kind.ts';
import { floorOf, limitOf, stepOf } from './rules/limit.ts';
import { Route, requirementOf } from './rules/requirement.ts';
import { authored, day, name, names, type Scalars, says, stored, title } from './rules/scalars.ts';
import type { Groups } from './rules/select.ts';
import { GradeChange, reliefOf, targetOf } from './rules/target.ts';

const rulebookOf = (scalars: Scalars) =>
  z.strictObject({
    format: z.literal(2).describe('the version of this format'),
    title: title.optional(),
    says: says.optional(),
    cycle: Cycle.describe('how long a cycle is, and where cycles begin'),
    governs: z
      .enum(['cycles', 'running', 'activities'])
      .optional()
      .describe(
        'what a version binds from its day on: cycles that begin then or later, and all that is done in them (absent); running: the cycle in which its day lies, too, as a whole, also on the days before it; activities: the running cycle stays as it is, but what is done from then on earns by this version. Where it cuts cycles otherwise, its first begins where the last of the version before ends (running: where the running one began), and may be short',
      ),
    inProportion: z
      .boolean()
      .optional()
      .describe(
        'true: in a cycle that began under the version before, its target counts in proportion to the days left',
      ),
    early: z
      .strictObject({
        track: name
          .optional()
          .describe('only for members who joined on this track; absent: whoever adopts it'),
        from: day.describe('the day from which it governs them, at the earliest'),
      })
      .optional()
      .describe(
        'from an earlier day it governs members who joined on a track, or adopt it themselves',
      ),
    rerates: z
      .boolean()
      .optional()
      .describe(
        'true: what versions before it awarded in a cycle that it governs is worked out again; absent: it stays',
      ),
    sameWork: z
      .enum(['each', 'once'])
      .optional()
      .describe(
        'once: what a scheme that the member joined earlier awarded points for counts nothing here; each (absent): it counts in both',
      ),
    kinds: z
      .array(kindOf(scalars))
      .min(1)
      .max(300)
      .describe('the kinds of activity that may be claimed'),
    groups: z
      .array(
        z.strictObject({
          group: name.describe('what other rules call the group'),
          categories: names.describe('the categories that belong to it'),
        }),
      )
      .max(100)
      .optional()
      .describe('groups of categories, for rules about several at once'),
    targets: z
      .array(targetOf(scalars))
      .max(50)
      .describe(
        'what is to be had in a cycle, by grade; a grade without one is asked nothing, nor any requirement; with 0 points the requirements are still asked',
      ),
    gradeChange: GradeChange.optional(),
    roundTarget: roundingOf(scalars)
      .optional()
      .describe('how the target is rounded after all that lowered it; absent: it stays exact'),
    reliefs: z
      .array(reliefOf(scalars))
      .max(20)
      .optional()
      .describe('what each class of relief does to the target'),
    exemptGrades: names
      .optional()
      .describe(
        'grades of whom nothing is asked, neither target nor requirements, though a target is named',
      ),
    countsBeforeJoining: z
      .boolean()
      .optional()
      .describe('whether what was done before joining counts; absent: no'),
    countsWhileLapsed: z
      .boolean()
      .optional()
      .describe('whether what was done while the membership had ended counts; absent: no'),
    countsUnderReview: z
      .boolean()
      .optional()
      .describe('whether what is under review (an audit) counts meanwhile; absent: yes'),
    floors: z
      .array(floorOf(scalars))
      .max(50)
      .optional()
      .describe('leasts: entries that together do not reach one count nothing'),
    steps: z
      .array(stepOf(scalars))
      .max(50)
      .optional()
      .describe('steps: what entries together come to counts in whole steps'),
    limits: z
      .array(limitOf(scalars))
      .max(100)
      .optional()
      .describe('caps: entries count up to so much, or so many of them count'),
    fills: z
      .enum(['by-date', 'best'])
      .optional()
      .describe(
        'what fills a limit first: by-date, the earlier entry (absent); best, the one of several orders that counts most',
      ),
    requirements: z
      .array(requirementOf(scalars))
      .max(50)
      .optional()
      .describe('what is asked besides the target'),
    routes: z
      .array(Route)
      .max(20)
      .optional()
      .describe(
        'ways to meet the rules, any one of which will do; absent: the target and every binding requirement',
      ),
    carry: carryOf(scalars).optional().describe('what of a surplus goes on to the next cycle'),
    shortfall: shortfallOf(scalars)
      .optional()
      .describe(
        'what was missing in a cycle of its points is asked in the next, and new entries fill it first: they count once',
      ),
    breaches: Breaches.optional().describe('what cycles that ended short lead to'),
    afterClosing: z
      .enum(['notes', 'reopens'])
      .optional()
      .describe(
        'what a correction after a cycle was closed does: reopens it, or notes it only (absent)',
      ),
  });

/** A rulebook as it stands in a fact: points in hundredths, amounts and shares as integers. */
export const Rulebook = rulebookOf(stored);
export type Rulebook = z.output<typeof Rulebook>;

/** A rulebook as people write it: `1.5` points, `"50 minutes"`, `"1/3"`. Parsing gives the form that is stored. */
export const AuthoredRulebook = rulebookOf(authored);

/** A published rulebook: which version, from which fact, in force from a day on. */
export interface PublishedRulebook {
  version: number;
  eventId: string;
  effectiveFrom: CivilDate;
  rulebook: Rulebook;
}

/** The rulebook in force on a day: of those effective by then the one effective last, ties to the later version. */
export function rulebookOn(
  published: readonly PublishedRulebook[],
  on: CivilDate,
): PublishedRulebook | undefined {
  let best: PublishedRulebook | undefined;
  for (const book of published) {
    if (book.effectiveFrom > on) continue;
    if (best === undefined || book.effectiveFrom >= best.effectiveFrom) best = book;
  }
  return best;
}

/** A version that a member adopts before it binds everybody, and the day from which it binds them. */
export interface Adopted {
  version: number;
  from: CivilDate;
}

/** The rulebooks as they bind a member: those of their track, and those that they adopted, are in force earlier. */
export function booksFor(
  published: readonly PublishedRulebook[],
  { track, adopted }: { track: string | undefined; adopted: readonly Adopted[] },
): readonly PublishedRulebook[] {
  if (track === undefined && adopted.length === 0) return published;
  return published.map((book) => {
    const from = earlyFrom(book, track, adopted);
    return from !== undefined && from < book.effectiveFrom
      ? { ...book, effectiveFrom: from }
      : book;
  });
}

function earlyFrom(
  { version, rulebook: { early } }: PublishedRulebook,
  track: string | undefined,
  adopted: readonly Adopted[],
): CivilDate | undefined {
  if (early === undefined) return undefined;
  if (early.track !== undefined) return early.track === track ? early.from : undefined;
  const own = adopted.find((one) => one.version === version);
  if (own === undefined) return undefined;
  return own.from > early.from ? own.from : early.from;
}

/** The rule of a kind in a rulebook. */
export function kindRule(rulebook: Rulebook, kind: string): Kind | undefined {
  return rulebook.kinds.find((rule) => rule.kind === kind);
}

/** The groups of a rulebook. Made once: a report asks for them with every cycle of every member. */
export function groupsOf(rulebook: Rulebook): Groups {
  const known = groupsKnown.get(rulebook);
  if (known !== undefined) return known;
  const { groups = [] } = rulebook;
  const made = new Map(groups.map(({ group, categories }) => [group, new Set(categories)]));
  groupsKnown.set(rulebook, made);
  return made;
}

const groupsKnown = new WeakMap<Rulebook, Groups>();
