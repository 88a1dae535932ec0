import type { ImportReport } from '../import/import.ts';
import type { Bad } from '../import/problem.ts';
import { visible } from './visible.ts';

interface Reading extends Pick<ImportReport, 'mapping' | 'notices'> {
  encoding: string | undefined;
  delimiter: string | undefined;
}

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
};

/** A report for people: how the file was read, what was noticed, what is bad, and the sums. What the file says is shown,
 *  and never obeyed. */
export function reportLines(path: string, report: ImportReport): string[] {
  const { bad, changed } = report;
  return [
    ...fileLines(path, report),
    ...[...bad, ...changed].map((one) => badLine(one)),
    sums(report),
  ].map(visible);
}

/** How a file was read, and what was noticed. */
export function fileLines(
  path: string,
  { encoding, delimiter, mapping, notices }: Reading,
): string[] {
  const width = Math.max(...mapping.map(({ field }) => field.length), 0);
  const form = delimiter === undefined ? 'JSON' : `${encoding}, apart by ${delimiters[delimiter]}`;
  return [
    `${path}: ${form}`,
    ...mapping.map(({ field, column, guessed }) => {
      return `  ${field.padEnd(width)}  ${column}${guessed ? '  (guessed)' : ''}`;
    }),
    ...notices.map(({ line, says }) => `${line === undefined ? '' : `line ${line}: `}${says}`),
  ];
}

/** What is wrong with a row, in one line. */
export function badLine({ line, column, value, expected }: Bad, row = 'line'): string {
  const where = column === undefined ? '' : `, ${column} ${JSON.stringify(value ?? '')}`;
  return `${row} ${line}${where}: ${expected}`;
}

function sums({ rows, added, unchanged, changed, refused, dryRun }: ImportReport): string {
  const would = dryRun ? ' would be' : '';
  return `${rows} rows: ${added}${would} added, ${unchanged} there before, ${changed.length} changed, ${refused} bad`;
}
