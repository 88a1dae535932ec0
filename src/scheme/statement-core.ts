import type { Statement } from './statement.ts';

/**
 * What of a statement its digest is over: the figures and where they come from, and nothing that a later release may
 * say besides. Its shape is permanent, as digests of it stand in facts: another shape would have another name.
 */
export function coreOf(statement: Statement): readonly unknown[] {
  const { scheme, cycle, on, rulebook, grade, target, awarded, counted, needed } = statement;
  const { carriedIn, outcome, lines, entries } = statement;
  const carried = carriedIn.reduce((sum, { points }) => sum + points, 0);
  const figures = { grade, target, awarded, counted, carriedIn: carried, needed, outcome };
  return [
    'statement-core-1',
    { scheme, cycle, on, rulebook, ...figures },
    lines.map((line) => [line.line, line.standing, line.awarded, line.counted]),
    entries.map((entry) => [entry.event, entry.awarded, entry.counted]),
  ];
}
