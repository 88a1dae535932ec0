import { lastDayOf } from '../scheme/civil-date.ts';
import type { Amount } from '../scheme/facts.ts';
import type { RequirementStanding } from '../scheme/requirements.ts';
import type { Statement, StatementLine } from '../scheme/statement.ts';
import { pointsText } from './as-of.ts';

/** A statement as text for a terminal: the figures, what made the target, the rules, then line by line. */
export function statementLines(statement: Statement): string[] {
  const { cycle, on, rulebook, lines, entries } = statement;
  return [
    `cycle     ${cycle.cycle}: ${cycle.from} until ${cycle.until}, on ${on}, by version ${rulebook.version} of the rules`,
    ...targetLines(statement),
    ...figures(statement),
    ...rules(statement),
    ...lines.flatMap(claimed),
    ...entries.map(
      ({ category, awarded, counted }) =>
        `  outside any claim     ${category.padEnd(32)} ${points(awarded)} ${points(counted)}`,
    ),
  ];
}

function targetLines({ grade, target, targetMade }: Statement): string[] {
  if (target === undefined) return [`target    none for ${grade ?? 'no grade'}`];
  const made = targetMade.map(({ by, name, points: part, from, until }) => {
    const days =
      from === undefined ? '' : ` ${from}${until === undefined ? '' : `..${lastDayOf({ until })}`}`;
    return `${by} ${by === name ? '' : `${name} `}${pointsText(part)}${days}`;
  });
  return [`target    ${pointsText(target)} (${made.join('; ')})`];
}

function figures(statement: Statement): string[] {
  const { awarded, counted, uncounted, carriedIn, carriedOut, shortfallIn, needed } = statement;
  const { doBy, recordBy, outcome, categories } = statement;
  const sumOf = (lots: Statement['carriedIn']): number =>
    lots.reduce((sum, lot) => sum + lot.points, 0);
  const handIn = recordBy === undefined ? '' : `, handed in by ${recordBy}`;
  return [
    `awarded   ${pointsText(awarded)}, counted ${pointsText(counted)}, not counted ${pointsText(uncounted)}`,
    ...(carriedIn.length === 0 ? [] : [`carried   in ${pointsText(sumOf(carriedIn))}`]),
    ...(shortfallIn === 0 ? [] : [`shortfall ${pointsText(shortfallIn)} of the cycle before`]),
    `needed    ${pointsText(needed)} by ${doBy}${handIn}: ${outcome}`,
    ...(carriedOut.length === 0
      ? []
      : [`goes on   ${pointsText(sumOf(carriedOut))} to the next cycle`]),
    ...categories.map(
      (sums) => `  ${sums.category.padEnd(54)} ${points(sums.awarded)} ${points(sums.counted)}`,
    ),
  ];
}

function rules({ requirements, limits }: Statement): string[] {
  return [
    ...requirements.map((standing) => {
      const open = !standing.over || !standing.due;
      const state = standing.met ? 'met' : open ? 'not yet met' : 'not met';
      const advice = standing.advisory ? ' (advisory)' : '';
      return `  requirement ${standing.name}${advice}: ${asked(standing)}: ${state}`;
    }),
    ...limits.map(({ name, within, used, most, unit }) => {
      const [of, to] = unit === 'points' ? [pointsText(used), pointsText(most)] : [used, most];
      return `  limit ${name}${within === undefined ? '' : ` in ${within}`}: ${of} of ${to} ${unit}`;
    }),
  ];
}

function asked({ unit, asked: least, had }: RequirementStanding): string {
  switch (unit) {
    case 'points':
      return `${pointsText(had)} of ${pointsText(least)} points`;
    case 'months':
      return `longest gap ${had} months, at most ${least}`;
    case 'amount':
      return `${had} of ${least}`;
    case 'entries':
    case 'works':
      return `${had} of ${least} ${unit}`;
  }
}

function claimed(line: StatementLine): string[] {
  const last = lastDayOf(line);
  const days = line.from === last ? last : `${line.from}..${last}`;
  const done = amountText(line.claimed);
  return [
    `  ${days.padEnd(22)} ${line.kind.padEnd(16)} ${done.padStart(11)} ${line.standing.padStart(3)} ${points(line.awarded)} ${points(line.counted)}`,
    ...line.uncounted.map(({ rule, number, version, says, points: lost }) => {
      const place = number === undefined ? '' : ` ${number}`;
      return `      ${pointsText(lost)} not: ${rule}${place}, version ${version}: ${says}`;
    }),
  ];
}

function amountText({ amount, unit }: Amount): string {
  return `${unit === 'minute' ? String(amount) : pointsText(amount)} ${unit}`;
}

function points(hundredths: number): string {
  return pointsText(hundredths).padStart(9);
}
