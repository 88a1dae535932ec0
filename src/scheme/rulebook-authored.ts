import type { Rulebook } from './rulebook.ts';
import type { Fraction, Quantity } from './rules/scalars.ts';

/** Fields that hold points wherever they hold a number. */
const points: ReadonlySet<string> = new Set(['points', 'least', 'most', 'to']);

/**
 * A rulebook as people would write it: `1.5` for 150 hundredths, `"90 minutes"`, `"1/3"`. Parsed again
 * (`AuthoredRulebook`) it gives the rulebook that it was made from.
 */
export function authoredForm(rulebook: Rulebook): Record<string, unknown> {
  return written(rulebook) as Record<string, unknown>;
}

function written(value: unknown, field = ''): unknown {
  if (typeof value === 'number') return points.has(field) ? value / 100 : value;
  if (Array.isArray(value)) return value.map((item) => written(item));
  if (typeof value !== 'object' || value === null) return value;
  if ('amount' in value && 'unit' in value) return quantityText(value as Quantity);
  if ('num' in value && 'den' in value) return shareText(value as Fraction);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, written(item, key)]));
}

/** An amount in words: whole hours as hours. */
export function quantityText({ amount, unit }: { amount: number; unit: string }): string {
  if (unit === 'minute' && amount % 60 === 0) return counted(amount / 60, 'hour');
  return counted(unit === 'minute' ? amount : amount / 100, unit);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function shareText({ num, den }: Fraction): string {
  return den === 100 ? `${num}%` : `${num}/${den}`;
}
