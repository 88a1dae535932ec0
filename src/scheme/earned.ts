import { rateOf } from './exact.ts';
import type { Part } from './parts.ts';
import { quantityText } from './rulebook-authored.ts';
import type { Earn } from './rules/kind.ts';
import type { Quantity } from './rules/scalars.ts';

/** By which rule what was accepted became what was awarded. */
export interface Earned {
  /** The rulebook: its version, and the fact that published it. */
  version: number;
  eventId: string;
  /** The fact that awarded it. */
  approval: string;
  kind: string;
  /** The rule's place among what its kind earns, from 1, and what it says; absent where no rule there comes to it. */
  number?: number;
  says?: string;
}

/** How a part came to its points; undefined of points outside any claim. */
export function earnedBy(part: Part): Earned | undefined {
  const { line, event, under, rule } = part;
  if (line === undefined || under === undefined) return undefined;
  const { version, eventId } = under;
  const base = { version, eventId, approval: event, kind: line.kind };
  const rate = rateOf(part);
  if (rule === undefined || rate === undefined) return base;
  return { ...base, number: rule.earns.indexOf(rate) + 1, says: saysOf(rate) };
}

/** Said once for each rule: a report goes by here for every line of every member. */
const known = new WeakMap<Earn, string>();

function saysOf(rate: Earn): string {
  const said = known.get(rate) ?? rateText(rate);
  known.set(rate, said);
  return said;
}

/** What a rate says in words: `1 point per hour, at most 5, rounded down to 0.25`. */
export function rateText({ points, rate, first, least, most, round, when }: Earn): string {
  const begun = first && `${counted(first.points)} for the first ${amount(first.amount)}, then`;
  const parts = [
    points !== undefined && `${counted(points)} for the entry`,
    rate && [begun, `${counted(rate.points)} per ${amount(rate.per)}`].filter(Boolean).join(' '),
    least !== undefined && `at least ${least / 100}`,
    most !== undefined && `at most ${most / 100}`,
    round !== undefined && `rounded ${wayOf[round.direction]} ${round.to / 100}`,
    when !== undefined && whenText(when),
  ];
  return parts.filter(Boolean).join(', ');
}

function counted(points: number): string {
  return `${points / 100} ${points === 100 ? 'point' : 'points'}`;
}

/** `hour`, `2 hours`: one of a measure is the measure. */
function amount(quantity: Quantity): string {
  return quantityText(quantity).replace(/^1 /, '');
}

const wayOf = { down: 'down to', up: 'up to', nearest: 'to the nearest' } as const;

function whenText(when: NonNullable<Earn['when']>): string {
  const { roles, levels, delivery, topics, repeat, from, below } = when;
  const conditions = [
    roles && `role ${roles.join(' or ')}`,
    levels && `level ${levels.join(' or ')}`,
    delivery && `delivery ${delivery.join(' or ')}`,
    topics && `topic ${topics.join(' or ')}`,
    repeat && (repeat === 'first' ? 'the first about its work' : 'a repeat about its work'),
    from && `from ${quantityText(from)}`,
    below && `below ${quantityText(below)}`,
  ];
  return `for ${conditions.filter(Boolean).join(', ')}`;
}
