import type { Award } from '../events/claim.ts';
import { Points } from '../events/shapes.ts';
import { lastDayOf, within } from '../scheme/civil-date.ts';
import { type KindRule, kindRule, measureOf, pointsFor, rulebookOn } from '../scheme/rulebook.ts';
import { refuse } from './rejection.ts';
import type { JoinedSchemes } from './schemes-of-member.ts';

export type { Award } from '../events/claim.ts';

interface Done {
  kind: string;
  quantity: { amount: number; unit: string };
  until: string;
  topics: string[];
}

/**
 * What a line awards: in every scheme that the member took part in when it ended, by the rulebook in force on
 * that day.
 *
 * @throws Rejection where no scheme knows the kind, a scheme measures it in another unit, or the points are more than
 *   a fact holds
 */
export function awardsFor(schemes: JoinedSchemes, line: Done): Award[] {
  const rules = rulesFor(schemes, line);
  return rules.map(({ scheme, rulebook, rule }) => ({
    scheme,
    rulebook,
    category: rule.category,
    topics: line.topics,
    points: storable(pointsFor(rule, line.quantity.amount)),
  }));
}

function storable(points: number): number {
  if (Points.safeParse(points).success) return points;
  return refuse('points-beyond', 'so much earns more than 1,000,000 points at once: is it a slip?');
}

/** Whether the rule itself approves the line, because its kind counts on recording in every scheme. */
export function countsOnRecording(schemes: JoinedSchemes, line: Done): boolean {
  return rulesFor(schemes, line).every(({ rule }) => rule.counts === 'recording');
}

/** The categories in which a line would award something by the rules as they are now; refuses nothing. */
export function categoriesOf(schemes: JoinedSchemes, line: Done): string[] {
  return booksFor(schemes, line).flatMap(
    ({ book }) => kindRule(book.rulebook, line.kind)?.category ?? [],
  );
}

function rulesFor(schemes: JoinedSchemes, line: Done) {
  const day = lastDayOf(line);
  if (!schemes.some((scheme) => within(day, scheme))) {
    refuse('scheme-not-joined', `the member took part in no scheme on ${day}`);
  }
  const known = new Set<string>();
  const rules: { scheme: string; rulebook: Award['rulebook']; rule: KindRule }[] = [];
  for (const { scheme, book } of booksFor(schemes, line)) {
    for (const { kind } of book.rulebook.kinds) known.add(kind);
    const rule = kindRule(book.rulebook, line.kind);
    if (rule === undefined) continue;
    const measure = measureOf(rule);
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

function booksFor(schemes: JoinedSchemes, line: Done) {
  const day = lastDayOf(line);
  return schemes.flatMap(({ id, scheme, ...days }) => {
    const book = within(day, days) ? rulebookOn(scheme.rulebooks, day) : undefined;
    return book === undefined ? [] : [{ scheme: id, book }];
  });
}
