import { pointsText } from '../scheme/points-text.ts';
import type { Statement } from '../scheme/statement.ts';
import type { StatementEntry, StatementLine } from '../scheme/statement-line.ts';
import {
  amountText,
  daysText,
  figuresOf,
  limitWords,
  lineIds,
  lineReasons,
  lossWords,
  orderWords,
  requirementWords,
} from '../scheme/statement-words.ts';

const WIDTH = 100;
/** Of it, what claims and categories have. */
const COLUMN = 40;

/** A statement as text for a terminal, at most 100 columns wide: figures, rules, then claim by claim. */
export function statementLines(statement: Statement): string[] {
  const { categories, requirements, limits, order, lines, entries } = statement;
  const outside = entries.length > 0;
  return [
    ...figuresOf(statement).flatMap(({ name, says: [first = '', ...more] }) => [
      ...wrapped(name.padEnd(12), first),
      ...more.flatMap((text) => wrapped(' '.repeat(14), text)),
    ]),
    ...headed('requirements', requirements.map(requirementWords)),
    ...headed('limits', limits.length === 0 ? [] : limits.map(limitWords)),
    ...(limits.length === 0 ? [] : wrapped('  ', `order of filling: ${orderWords[order]}`)),
    ...(categories.length === 0 ? [] : ['', ...row('category', '', '', 'awarded', 'counted')]),
    ...categories.flatMap(({ category, awarded, counted }) =>
      row(category, '', '', pointsText(awarded), pointsText(counted)),
    ),
    ...(lines.length === 0 && !outside ? [] : ['', ...heading]),
    ...lines.flatMap((line) => ofLine(line, statement)),
    ...entries.flatMap(ofEntry),
  ];
}

const heading = row('claim', 'claimed', 'accepted', 'awarded', 'counted', 'standing');

function headed(heading: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [heading, ...items.flatMap((text) => wrapped('  ', text))];
}

/** What it is about, then figures in columns; below it, where it is too long to stand beside them. */
function row(
  what: string,
  ...[claimed, accepted, awarded, counted, standing = '']: string[]
): string[] {
  const amounts = [claimed, accepted].map((text = '') => text.padStart(12)).join('');
  const points = [awarded, counted].map((text = '') => text.padStart(9)).join('');
  const figures = `${amounts}${points}  ${standing}`.trimEnd();
  if (what.length < COLUMN) return [`${what.padEnd(COLUMN)}${figures}`];
  return [what, `${' '.repeat(COLUMN)}${figures}`];
}

function ofLine(line: StatementLine, statement: Statement): string[] {
  const { kind, claimed, accepted, awarded, counted, standing } = line;
  const what = `${daysText(line)} ${kind}`;
  const figures = [
    amountText(claimed),
    accepted === undefined ? '-' : amountText(accepted),
    pointsText(awarded),
    pointsText(counted),
    standing,
  ];
  return [
    ...row(what, ...figures),
    ...lineReasons(line).flatMap((text) => wrapped('    ', text)),
    ...wrapped('    ', lineIds(line, statement)),
  ];
}

function ofEntry(entry: StatementEntry): string[] {
  const { kind, category, awarded, counted, event } = entry;
  return [
    ...row(`${kind}, ${category}`, '', '', pointsText(awarded), pointsText(counted)),
    ...lossWords(entry).flatMap((text) => wrapped('    ', text)),
    ...wrapped('    ', `fact ${event}`),
  ];
}

/** Text in lines of the width, those after the first a little further in. */
function wrapped(begin: string, text: string): string[] {
  const [first = '', ...rest] = text.split(' ');
  const lines = [`${begin}${first}`];
  for (const word of rest) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= WIDTH) lines[lines.length - 1] = line;
    else lines.push(`${' '.repeat(begin.length + 2)}${word}`);
  }
  return lines;
}
