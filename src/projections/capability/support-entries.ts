import { type CivilDate, lastDayOf } from '../../scheme/civil-date.ts';
import { kindRule, type PublishedRulebook, rulebookOn } from '../../scheme/rulebook.ts';
import { earned } from '../../scheme/rules/kind.ts';
import { booksAsOf, type StandingSource } from '../standing-walk.ts';
import { schemesIn } from '../views-queries.ts';
import { dayNumber, dayText } from './days.ts';
import type { Way } from './needs.ts';
import { ENTRIES, SESSIONS_OF } from './queries.ts';
import type { Terms } from './terms.ts';

/** What an entry earns in a scheme, in hundredths of a point, by the rulebook that it names. */
export interface Earns {
  scheme: string;
  rulebook: { version: number; eventId: string };
  category: string;
  points: number;
}

/** Something on offer that builds what is needed. */
export interface EntryTold {
  entry: string;
  title: string;
  organisation?: string;
  kind: string;
  minutes: number;
  /** Runs that are not over, the next first. */
  sessions: { session: string; from: CivilDate; until: CivilDate }[];
  earns: Earns[];
}

/** An entry as known at an index, with the skills that it builds. */
export interface Offered extends EntryTold {
  skills: { framework: { id: string; version: number }; skill: string; level: string }[];
}

interface Said extends Omit<Offered, 'entry' | 'sessions' | 'earns'> {
  topics: string[];
}

/** What is on offer and builds skills, as was known at an index, in the order of listing. */
export async function offeredAt(
  source: StandingSource,
  end: number,
  on: CivilDate,
): Promise<Offered[]> {
  const database = await source.rows();
  const books = new Map<string, PublishedRulebook[]>();
  for (const scheme of schemesIn(database)) {
    books.set(scheme, await booksAsOf(source, scheme, end));
  }
  const runs = database.prepare(SESSIONS_OF);
  const rows = database.prepare(ENTRIES).all(end) as { entry: string; said: string }[];
  return rows.flatMap(({ entry, said }) => {
    const { title, organisation, kind, minutes, topics, skills } = JSON.parse(said) as Said;
    if (skills.length === 0) return [];
    const dated = runs.all(end, entry, dayNumber(on)) as {
      session: string;
      effective_from: number;
      effective_until: number;
    }[];
    const sessions = dated.map(({ session, effective_from, effective_until }) => ({
      session,
      from: dayText(effective_from),
      until: dayText(effective_until),
    }));
    const [next] = sessions;
    const day = next === undefined ? on : lastDayOf(next);
    const offerer = organisation === undefined ? {} : { organisation };
    const earns = earnsOf(books, { kind, minutes, topics }, day);
    return [{ entry, title, ...offerer, kind, minutes, skills, sessions, earns }];
  });
}

/**
 * What somebody earns who is there from beginning to end as a participant, for whom it is the first time, by the
 * rulebook of each scheme in force on the day: before caps, and only where its kind is measured in time.
 */
function earnsOf(
  books: ReadonlyMap<string, readonly PublishedRulebook[]>,
  { kind, minutes, topics }: Pick<Said, 'kind' | 'minutes' | 'topics'>,
  day: CivilDate,
): Earns[] {
  return [...books].flatMap(([scheme, published]) => {
    const book = rulebookOn(published, day);
    const rule = book && kindRule(book.rulebook, kind);
    if (book === undefined || rule === undefined || rule.measure !== 'minute') return [];
    const quantity = { amount: minutes, unit: 'minute' as const };
    const attributes = { role: 'participant' };
    const points = earned(rule, { quantity, attributes, topics, again: false });
    if (points === undefined) return [];
    const { version, eventId } = book;
    return [{ scheme, rulebook: { version, eventId }, category: rule.category, points }];
  });
}

/** Of what is on offer that which builds what a way wants, or a part of it, at its level or above. */
export function entriesFor(
  terms: Terms,
  { targets }: Way,
  offered: readonly Offered[],
): EntryTold[] {
  return offered.flatMap(({ skills, ...told }) => {
    const builds = skills.some(({ framework, skill, level }) =>
      terms
        .carried(framework.id, framework.version, skill, level)
        .some((built) =>
          targets.some(({ skill: wanted, rank }) => built.skill === wanted && built.rank >= rank),
        ),
    );
    return builds ? [told] : [];
  });
}
