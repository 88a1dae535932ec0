import type { AsOf } from '../projections/member-facts.ts';
import { CliError } from './context.ts';

/** `--as-of` as typed: an index, or a time with its zone. */
export function asOfOf(text: string | undefined): AsOf | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return { index: Number(text) };
  const time = Date.parse(text);
  // Without its zone a time would be that of the machine.
  if (/^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(time)) {
    return { time: new Date(time).toISOString() };
  }
  throw new CliError(
    `--as-of is "${text}": an index (1200) or a time (2026-01-31T12:00:00Z) is expected`,
  );
}
