import { z } from 'zod';
import type { CivilDate } from './civil-date.ts';
import { Breaches } from './rules/breach.ts';
import { carryOf, shortfallOf } from './rules/carry.ts';
import { Cycle } from './rules/cycle.ts';
import { type Kind, kindOf, roundingOf } from './rules/kind.ts';
import { floorOf, limitOf, stepOf } from './rules/limit.ts';
import { Route, requirementOf } from './rules/requirement.ts';
import { authored, day, name, names, type Scalars, says, stored } from './rules/scalars.ts';
import type { Groups } from './rules/select.ts';
import { GradeChange, reliefOf, targetOf } from './rules/target.ts';

const rulebookOf = (scalars: Scalars) =>
  z.strictObject({
    format: z.literal(2),
    says: says.optional(),
    cycle: Cycle,
    /**
     * What a version binds from its day on. `cycles` that begin then or later, and all that is done in them
     * (absent); `running`: the running cycle, too, as a whole; `activities`: the running cycle stays as it is,
     * but what is done from then on earns by this version.
     */
    governs: z.enum(['cycles', 'running', 'activities']).optional(),
    /** In a cycle that began under the version before, its target counts in proportion to the days left. */
    inProportion: z.boolean().optional(),
    /** Members who joined on this track are governed by it from an earlier day. */
    early: z.strictObject({ track: name, from: day }).optional(),
    /** What versions before it awarded in a cycle that it governs is worked out again. Absent: it stays. */
    rerates: z.boolean().optional(),
    /** `once`: what a scheme that the member joined earlier awarded points for counts nothing here. Absent: `each`. */
    sameWork: z.enum(['each', 'once']).optional(),
    kinds: z.array(kindOf(scalars)).min(1).max(300),
    groups: z
      .array(z.strictObject({ group: name, categories: names }))
      .max(100)
      .optional(),
    targets: z.array(targetOf(scalars)).max(50),
    gradeChange: GradeChange.optional(),
    roundTarget: roundingOf(scalars).optional(),
    reliefs: z.array(reliefOf(scalars)).max(20).optional(),
    exemptGrades: names.optional(),
    /** What was done then counts. Absent: it does not, before joining nor while lapsed. */
    countsBeforeJoining: z.boolean().optional(),
    countsWhileLapsed: z.boolean().optional(),
    /** What is under review counts meanwhile. Absent: it does. */
    countsUnderReview: z.boolean().optional(),
    floors: z.array(floorOf(scalars)).max(50).optional(),
    steps: z.array(stepOf(scalars)).max(50).optional(),
    limits: z.array(limitOf(scalars)).max(100).optional(),
    /** `by-date`: earlier entries fill limits first (absent). `best`: of several orders the one that counts most. */
    fills: z.enum(['by-date', 'best']).optional(),
    requirements: z.array(requirementOf(scalars)).max(50).optional(),
    routes: z.array(Route).max(20).optional(),
    carry: carryOf(scalars).optional(),
    shortfall: shortfallOf(scalars).optional(),
    breaches: Breaches.optional(),
    /** A correction after a cycle was closed reopens it, or is only noted (absent). */
    afterClosing: z.enum(['notes', 'reopens']).optional(),
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

/** The rulebooks as they bind a member of a track: those that it may adopt early are in force earlier. */
export function booksFor(
  published: readonly PublishedRulebook[],
  track: string | undefined,
): readonly PublishedRulebook[] {
  if (track === undefined) return published;
  return published.map((book) => {
    const { early } = book.rulebook;
    const adopts = early !== undefined && early.track === track && early.from < book.effectiveFrom;
    return adopts ? { ...book, effectiveFrom: early.from } : book;
  });
}

/** The rule of a kind in a rulebook. */
export function kindRule(rulebook: Rulebook, kind: string): Kind | undefined {
  return rulebook.kinds.find((rule) => rule.kind === kind);
}

export function groupsOf({ groups = [] }: Rulebook): Groups {
  return new Map(groups.map(({ group, categories }) => [group, new Set(categories)]));
}
