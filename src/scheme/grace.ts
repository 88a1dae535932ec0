import { addMonths, type CivilDate } from './civil-date.ts';
import type { CycleAccount } from './cycles.ts';
import { entryOf, type Part } from './parts.ts';
import type { RequirementStanding } from './requirements.ts';
import { groupsOf } from './rulebook.ts';
import { selects } from './rules/select.ts';

/** The day after the time of grace of a cycle; undefined where the rulebook gives none. */
export function graceEnd({ book, span }: CycleAccount): CivilDate | undefined {
  const { graceMonths } = book.rulebook.cycle;
  return graceMonths === undefined ? undefined : addMonths(span.until, graceMonths);
}

/**
 * What was done in the time of grace of the cycle before makes it good, in place: points that were spent on it, and
 * requirements that the rulebook lets be made good so. An entry that does this for a requirement is marked, and counts
 * for it in no later cycle.
 *
 * @param parts weighed, of the cycle after it
 */
export function makeGood(last: CycleAccount, parts: readonly Part[], owed: string): void {
  const until = graceEnd(last);
  if (until === undefined) return;
  const inTime = parts.filter(({ day }) => day < until);
  const spent = inTime
    .flatMap(({ losses }) => losses)
    .reduce((points, loss) => points + (loss.rule === owed ? loss.points : 0), 0);
  last.madeGood = Math.min(last.needed, spent);
  for (const standing of last.requirements) makeRequirementGood(last, standing, inTime, parts);
}

function makeRequirementGood(
  { book }: CycleAccount,
  standing: RequirementStanding,
  inTime: readonly Part[],
  all: readonly Part[],
): void {
  const rule = book.rulebook.requirements?.find(({ name }) => name === standing.name);
  if (rule?.grace !== true || standing.met) return;
  const groups = groupsOf(book.rulebook);
  const fitting = inTime
    .filter(({ line, barred }) => line !== undefined && barred === undefined)
    .filter((part) => selects(rule.of, part, groups))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.index - b.index));
  const used = new Set<string>();
  const of = (part: Part): string =>
    standing.unit === 'works' ? (part.workRef ?? entryOf(part)) : entryOf(part);
  let had = standing.had;
  for (const part of fitting) {
    if (had >= standing.asked) break;
    if (standing.unit === 'amount') had += part.amount;
    else if (!used.has(of(part))) had += 1;
    used.add(of(part));
  }
  for (const part of all)
    if (used.has(of(part))) part.spentOn = new Set([...(part.spentOn ?? []), rule.name]);
  standing.madeGood = had - standing.had;
  standing.had = had;
  standing.met = had >= standing.asked;
}
