import { cpus } from 'node:os';
import type { Result } from './measure.ts';

/** Whether a result is as good as was aimed at. */
export function hits({ ratio, aim, atMost }: Result): boolean {
  return atMost ? ratio <= aim : ratio >= aim;
}

/** The results as a table in Markdown. */
export function table(results: readonly Result[]): string {
  const head = ['name', 'what', 'median', 'rounds', 'aim', '', 'beside it'];
  const rows = results.map((result) => [
    result.name,
    result.what,
    shown(result, result.ratio),
    spread(result),
    `${result.atMost ? '≤' : '≥'} ${shown(result, result.aim)}`,
    hits(result) ? 'reached' : 'missed',
    result.beside,
  ]);
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function shown({ unit }: Result, value: number): string {
  return unit === undefined ? value.toFixed(2) : `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}

function spread(result: Result): string {
  const { rounds } = result;
  if (rounds.length === 1) return '';
  return `${shown(result, Math.min(...rounds))} to ${shown(result, Math.max(...rounds))}`;
}

/** The machine and what runs on it. */
export function machine(): string {
  const each = cpus();
  return `Node ${process.version}, ${each.length} cores, ${each[0]?.model ?? 'an unknown processor'}`;
}
