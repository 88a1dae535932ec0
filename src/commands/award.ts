import { fits } from '../events/accepts.ts';
import type { Award, ClaimLine } from '../events/claim.ts';
import { Points } from '../events/shapes.ts';
import { lastDayOf, within } from '../scheme/civil-date.ts';
import { earningBook } from '../scheme/governing.ts';
import { booksFor, kindRule } from '../scheme/rulebook.ts';
import { type Earning, earned, type Kind } from '../scheme/rules/kind.ts';
import type { Measure } from '../scheme/rules/scalars.ts';
import type { Claims } from './claim-state.ts';
import { refuse } from './rejection.ts';
import type { JoinedSchemes } from './schemes-of-member.ts';

export type { Award } from '../events/claim.ts';

interface Done {
  kind: string;
  quantity: { amount: number; unit: Measure };
  until: string;
  topics: string[];
  attributes: Earning['attributes'];
}

/**
 * What a line awards: in every scheme that the member took part in when it ended, by the rulebook in force on
 * that day.
 *
 * @param again whether an earlier approved line of the member is about the same work
 * @throws Rejection where no scheme knows the kind, a scheme measures it in another unit, or no rate fits,
 *   and where the points are more than a fact holds
 */
export function awardsFor(schemes: JoinedSchemes, line: Done, again = false): Award[] {
  return rulesFor(schemes, line).map(({ scheme, rulebook, rule }) => {
    const points = earned(rule, { ...line, again });
    if (points === undefined) {
      refuse(
        'rate-unknown',
        `no rate of ${line.kind} fits this role, level, delivery, topic or amount, first or repeated`,
      );
    }
    return {
      scheme,
      rulebook,
      category: rule.category,
      topics: line.topics,
      points: storable(points),
    };
  });
}

/** Whether a line is about a work that an approved line of the member is about, or one before it in the same approval. */
export function doneBefore(
  claims: Claims,
  { lineId, attributes }: ClaimLine,
  before: readonly ClaimLine[],
): boolean {
  const { workRef } = attributes;
  if (workRef === undefined) return false;
  if (before.some((line) => line.attributes.workRef === workRef)) return true;
  return [...claims.values()].some((claim) =>
    [...claim.lines.values()].some(
      ({ line, state }) =>
        line.lineId !== lineId &&
        line.attributes.workRef === workRef &&
        (state === 'approved' || state === 'ended'),
    ),
  );
}

function storable(points: number): number {
  if (fits(Points, points)) return points;
  return refuse('points-beyond', 'so much earns more than 1,000,000 points at once: is it a slip?');
}

/** Whether the rule itself approves the line, because its kind counts on recording in every scheme. */
export function countsOnRecording(schemes: JoinedSchemes, line: Done): boolean {
  return rulesFor(schemes, line).every(({ rule }) => rule.accept === 'recording');
}

/** The schemes and categories in which a line would award something by the rules as they are now; refuses nothing. */
export function categoriesOf(
  schemes: JoinedSchemes,
  line: Done,
): Pick<Award, 'scheme' | 'category'>[] {
  return booksOf(schemes, line).flatMap(({ scheme, book }) => {
    const category = kindRule(book.rulebook, line.kind)?.category;
    return category === undefined ? [] : [{ scheme, category }];
  });
}

function rulesFor(schemes: JoinedSchemes, line: Done) {
  const day = lastDayOf(line);
  const known = new Set<string>();
  const rules: { scheme: string; rulebook: Award['rulebook']; rule: Kind }[] = [];
  const books = booksOf(schemes, line);
  if (books.length === 0 && !schemes.some((scheme) => within(day, scheme))) {
    refuse('scheme-not-joined', `the member took part in no scheme on ${day}`);
  }
  for (const { scheme, book } of books) {
    for (const { kind } of book.rulebook.kinds) known.add(kind);
    const rule = kindRule(book.rulebook, line.kind);
    if (rule === undefined) continue;
    const { measure } = rule;
    if (measure !== line.quantity.unit) {
      refuse('unit-wrong', `${line.kind} is measured by ${measure}, not ${line.quantity.unit}`);
    }
    const rulebook = { version: book.version, eventId: book.eventId };
    rules.push({ scheme, rulebook, rule });
  }
  if (known.size === 0) refuse('rulebook-unknown', `no rulebook was in force on ${day}`);
  if (rules.length === 0) {
    refuse('kind-unknown', `no rule for ${line.kind}; kinds are ${[...known].sort().join(', ')}`);
  }
  return rules;
}

/** The rulebooks by which a line earns: of schemes joined by then, or that count what was done before. */
function booksOf(schemes: JoinedSchemes, line: Done) {
  const day = lastDayOf(line);
  return schemes.flatMap((joined) => {
    const { id, scheme, anchor } = joined;
    const book = earningBook(booksFor(scheme.rulebooks, joined), anchor, day);
    if (book === undefined) return [];
    const before = day < joined.from && book.rulebook.countsBeforeJoining === true;
    const inAnother = schemes.some((other) => other.id === id && within(day, other));
    return within(day, joined) || (before && !inAnother) ? [{ scheme: id, book }] : [];
  });
}
