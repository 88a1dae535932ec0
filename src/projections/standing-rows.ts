import type { AnyFact } from '../events/registry.ts';
import type { Database } from '../store/driver.ts';
import { factOf, type Lean } from './standing-lean.ts';

/** The rows of `standing`, as of any index: facts with a lower index, without what was retracted by then. */
export interface StandingRows {
  /** Members of a scheme in order, after one of them. Who had been absorbed by then goes on as another. */
  membersOf(scheme: string, end: number, after: string, limit: number): string[];
  /** A member's facts in order, those of whom they had absorbed by then among them: as far as they are kept. */
  factsOf(member: string, end: number): AnyFact[];
}

export interface Merger {
  survivor: string;
  duplicate: string;
  at: number;
  until: number | null;
}

/** Who absorbed whom, whenever it was known. */
export function mergersIn(database: Database): Merger[] {
  return database.prepare('SELECT * FROM standing_mergers').all() as Merger[];
}

/** Those that were known as of an index. */
export function knownMergers(mergers: readonly Merger[], end: number): Merger[] {
  return mergers.filter(({ at, until }) => at < end && (until === null || until >= end));
}

const ALIVE = 'at < ? AND (until IS NULL OR until >= ?)';

export function openStandingRows(database: Database): StandingRows {
  const mergers = mergersIn(database);
  const members = database.prepare(
    `SELECT person FROM standing_members WHERE scheme = ? AND person > ? AND ${ALIVE}
     UNION SELECT value FROM json_each(?) WHERE value > ? ORDER BY 1 LIMIT ?`,
  );
  const facts = database.prepare(
    // One row for all: to hand over each costs more than to join them.
    `SELECT group_concat(at || ',' || fact) FROM
       (SELECT at, fact FROM standing_facts WHERE person = ? AND ${ALIVE} ORDER BY at)`,
  );
  facts.setReturnArrays(true);
  const mergedBy = (end: number): Merger[] => knownMergers(mergers, end);
  return {
    membersOf(scheme, end, after, limit) {
      const merged = mergedBy(end);
      const gone = new Set(merged.map(({ duplicate }) => duplicate));
      // Who absorbed a member of the scheme may have joined it in no other way.
      const survivors = JSON.stringify([...new Set(merged.map(({ survivor }) => survivor))]);
      const found: string[] = [];
      for (let last = after; found.length < limit; ) {
        const asked = [scheme, last, end, end, survivors, last, limit] as const;
        const page = members.all(...asked) as { person: string }[];
        found.push(...page.map(({ person }) => person).filter((person) => !gone.has(person)));
        if (page.length < limit) break;
        last = page.at(-1)?.person ?? last;
      }
      return found;
    },
    factsOf(member, end) {
      const ids = idsOf(member, mergedBy(end));
      const found = ids.flatMap((id) => {
        const [joined] = facts.get(id, end, end) as unknown as [string | null];
        return joined === null ? [] : factsIn(joined);
      });
      return ids.length === 1 ? found : found.sort((a, b) => a.index - b.index);
    },
  };
}

/** Facts of rows that were joined: the index of each, then what is kept of it. */
function factsIn(joined: string): AnyFact[] {
  const rows = JSON.parse(`[${joined}]`) as (number | Lean)[];
  const facts: AnyFact[] = [];
  for (let n = 0; n < rows.length; n += 2) {
    facts.push(factOf(rows[n] as number, rows[n + 1] as Lean));
  }
  return facts;
}

/** The id under which a person goes on: the last that absorbed them, or the last that absorbed that. */
export function keeperOf(person: string, mergers: readonly Merger[]): string {
  const seen = new Set<string>();
  for (let keeper = person; ; ) {
    seen.add(keeper);
    const last = mergers.findLast(({ duplicate }) => duplicate === keeper);
    if (last === undefined || seen.has(last.survivor)) return keeper;
    keeper = last.survivor;
  }
}

/** A member's id and those that it absorbed, at any remove. */
export function idsOf(member: string, mergers: readonly Merger[]): string[] {
  if (mergers.length === 0) return [member];
  const ids = new Set([member]);
  for (const id of ids) {
    for (const { survivor, duplicate } of mergers) if (survivor === id) ids.add(duplicate);
  }
  return [...ids];
}
