import type { ImportReport } from '../import/import.ts';
import type { Bad } from '../import/problem.ts';
import { visible } from './visible.ts';

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
};

/** A report for people: how the file was read, what was noticed, what is bad, and the sums. What the file says is shown,
 *  and never obeyed. */
export function reportLines(path: string, report: ImportReport): string[] {
  const { encoding, delimiter, mapping, notices, bad, changed } = report;
  const width = Math.max(...mapping.map(({ field }) => field.length), 0);
  return [
    `${path}: ${encoding}, apart by ${delimiters[delimiter]}`,
    ...mapping.map(({ field, column, guessed }) => {
      return `  ${field.padEnd(width)}  ${column}${guessed ? '  (guessed)' : ''}`;
    }),
    ...notices.map(({ line, says }) => `${line === undefined ? '' : `line ${line}: `}${says}`),
    ...bad.map(badLine),
    ...changed.map(badLine),
    sums(report),
  ].map(visible);
}

function badLine({ line, column, value, expected }: Bad): string {
  const where = column === undefined ? '' : `, ${column} ${JSON.stringify(value ?? '')}`;
  return `line ${line}${where}: ${expected}`;
}

function sums({ rows, added, unchanged, changed, refused, dryRun }: ImportReport): string {
  const would = dryRun ? ' would be' : '';
  return `${rows} rows: ${added}${would} added, ${unchanged} there before, ${changed.length} changed, ${refused} bad`;
}
