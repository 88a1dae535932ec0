import { total } from './carrying.ts';
import { type CivilDate, lastDayOf } from './civil-date.ts';
import type { Amount } from './facts.ts';
import type { LimitUse } from './filling.ts';
import type { Outcome } from './outcome.ts';
import { pointsText } from './points-text.ts';
import type { RequirementStanding } from './requirements.ts';
import { quantityText } from './rulebook-authored.ts';
import type { TargetStep } from './rules/target-made.ts';
import type { Statement } from './statement.ts';
import type { StatementEntry, StatementLine } from './statement-line.ts';
import type { Order } from './weigh.ts';

/** A figure of a statement: what it is, and what it comes to, a line each. */
export interface Figure {
  name: string;
  says: string[];
}

export const outcomeWords: Record<Outcome, string> = {
  met: 'met',
  short: 'not met',
  'in-grace': 'not met, in the time of grace',
  exempt: 'exempt',
  paused: 'paused',
  'not-yet-due': 'not yet due',
};

/** In which order entries fill the limits. */
export const orderWords: Record<Order, string> = {
  'by-date': 'the earlier entry first, then the one claimed earlier',
  'by-worth': 'what is worth most first, which here counts most',
  'least-limited': 'what fewest limits are about first, which here counts most',
};

/** The figures of a statement in the order in which they are read; what does not apply is left out. */
export function figuresOf(statement: Statement): Figure[] {
  const { scheme, title, cycle, on, rulebook, grade, awarded, counted, uncounted } = statement;
  const { carriedIn, carriedOut, shortfallIn, madeGood, needed, doBy, recordBy } = statement;
  const { outcome, breaches } = statement;
  const handIn = recordBy === undefined ? '' : `, recorded by ${recordBy}`;
  const figures: [string, string[]][] = [
    ['scheme', [title === undefined ? scheme : `${title} (${scheme})`]],
    ['cycle', [`${cycle.cycle}: ${daysText(cycle)}, on ${on}`]],
    ['rulebook', [`version ${rulebook.version}, published by fact ${rulebook.eventId}`]],
    ['grade', [grade ?? 'none']],
    ['target', targetWords(statement)],
    ['awarded', [pointsText(awarded)]],
    ['counted', [pointsText(counted)]],
    ['not counted', [pointsText(uncounted)]],
    [
      'carried in',
      carriedIn.length === 0 ? [] : [pointsText(total(carriedIn)), ...lots(carriedIn)],
    ],
    ['shortfall', shortfallIn === 0 ? [] : [`${pointsText(shortfallIn)} of the cycle before`]],
    ['made good', madeGood === 0 ? [] : [`${pointsText(madeGood)} in the time of grace`]],
    ['needed', [`${pointsText(needed)}, to be done by ${doBy}${handIn}`]],
    ['outcome', [outcomeWords[outcome]]],
    ['breaches', breaches === undefined ? [] : [`${breaches.cycles.join(', ')}: ${breaches.step}`]],
    [
      'carried out',
      carriedOut.length === 0 ? [] : [pointsText(total(carriedOut)), ...lots(carriedOut)],
    ],
  ];
  return figures.flatMap(([name, says]) => (says.length === 0 ? [] : [{ name, says }]));
}

function targetWords({ target, targetMade }: Statement): string[] {
  if (target === undefined) return ['none for this grade'];
  return [pointsText(target), ...targetMade.map(stepWords)];
}

function stepWords({ by, name, points, from, until }: TargetStep): string {
  const days =
    from === undefined
      ? ''
      : until === undefined
        ? `, from ${from}`
        : `, ${daysText({ from, until })}`;
  return `${pointsText(points)} by ${by}${by === name ? '' : ` ${name}`}${days}`;
}

function lots(carried: Statement['carriedIn']): string[] {
  return carried.map(
    ({ from, points, left }) =>
      `${pointsText(points)} from ${from}, usable in ${left} ${left === 1 ? 'cycle' : 'cycles'}`,
  );
}

/** What a requirement asks, and how it stands. */
export function requirementWords(standing: RequirementStanding): string {
  const { name, met, over, due, advisory, madeGood } = standing;
  const state = met ? 'met' : over && due ? 'not met' : 'not yet met';
  const grace = madeGood === undefined ? '' : `, ${madeGood} of them in the time of grace`;
  return `${name}${advisory ? ' (advisory)' : ''}, ${daysText(standing)}: ${askedWords(standing)}${grace}: ${state}`;
}

/** The requirements for which a cycle is not met, in words; none where nothing is wanting. */
export function unmetWords({
  outcome,
  requirements,
}: Pick<Statement, 'outcome' | 'requirements'>): string[] {
  if (outcome === 'met' || outcome === 'exempt' || outcome === 'paused') return [];
  return requirements
    .filter(({ met, advisory, due }) => !met && !advisory && due)
    .map(requirementWords);
}

function askedWords({ unit, asked, had }: RequirementStanding): string {
  switch (unit) {
    case 'points':
      return `${pointsText(had)} of ${pointsText(asked)} points`;
    case 'months':
      return `longest gap ${had} months, at most ${asked}`;
    case 'amount':
    case 'entries':
    case 'works':
      return `${had} of ${asked} ${unit}`;
  }
}

/** How far a limit was used. */
export function limitWords({ name, within, used, most, unit }: LimitUse): string {
  const [has, may] = unit === 'points' ? [pointsText(used), pointsText(most)] : [used, most];
  return `${name}${within === undefined ? '' : ` in ${within}`}: ${has} of ${may} ${unit} used`;
}

/** What made each difference from claimed to accepted, awarded and counted: a rule, or a decision. */
export function lineReasons(line: StatementLine): string[] {
  const { claimed, accepted, earned, awarded, approved, underReview, standing } = line;
  const stands = standing === 'approved' || standing === 'ended';
  const less = accepted !== undefined && accepted.amount !== claimed.amount;
  return [
    ...(less && stands ? [`accepted ${amountText(accepted)} of ${amountText(claimed)}`] : []),
    ...(earned === undefined
      ? []
      : [
          `awarded ${pointsText(awarded)}: kind ${earned.kind}${ruleWords(earned.number)}, version ${earned.version}: ` +
            (earned.says ?? 'by the decision; no rule of its kind comes to it'),
        ]),
    ...(approved === undefined || approved === awarded
      ? []
      : [`approved as ${pointsText(approved)}, rated again by the rulebook`]),
    ...(underReview ? ['under review'] : []),
    ...lossWords(line),
  ];
}

/** The ids behind a line: its claim, its facts, and the rulebook that rated it where that is not the statement's. */
export function lineIds({ claim, events, earned }: StatementLine, { rulebook }: Statement): string {
  const another = earned !== undefined && earned.eventId !== rulebook.eventId;
  const rules = another ? `; version ${earned.version} by fact ${earned.eventId}` : '';
  return `claim ${claim}; facts ${events.join(', ')}${rules}`;
}

/** Why the rest does not count, a line for each rule. */
export function lossWords({
  uncounted,
}: Pick<StatementLine | StatementEntry, 'uncounted'>): string[] {
  return uncounted.map(
    ({ rule, number, version, says, points }) =>
      `${pointsText(points)} not counted: ${rule}${ruleWords(number)}, version ${version}: ${says}`,
  );
}

function ruleWords(number: number | undefined): string {
  return number === undefined ? '' : `, rule ${number}`;
}

/** Days of a half-open interval as people name them: the first and the last, or the one. */
export function daysText({ from, until }: { from: CivilDate; until: CivilDate }): string {
  const last = lastDayOf({ until });
  return from === last ? from : `${from} to ${last}`;
}

/** An amount of what was done: minutes as hours and minutes. */
export function amountText({ amount, unit }: Amount): string {
  if (unit !== 'minute') return quantityText({ amount, unit });
  const [hours, minutes] = [Math.floor(amount / 60), amount % 60];
  const parts = [hours > 0 && `${hours} h`, (minutes > 0 || hours === 0) && `${minutes} min`];
  return parts.filter(Boolean).join(' ');
}
