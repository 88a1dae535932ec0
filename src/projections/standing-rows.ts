import type { AnyFact } from '../events/registry.ts';
import { isStatementFact } from '../scheme/facts.ts';
import { type Recorded, recordedBy } from '../scheme/recorded.ts';
import type { Database } from '../store/driver.ts';
import { recordedIn } from './standing-known.ts';
import { factOf, type Lean } from './standing-lean.ts';
import type { Now } from './standing-now.ts';

/** The rows of `standing`, as of any index: facts with a lower index, without what was retracted by then. */
export interface StandingRows {
  /** Members of a scheme in order, after one of them. Who had been absorbed by then goes on as another. */
  membersOf(scheme: string, end: number, after: string, limit: number): string[];
  /** A member's facts in order, those of whom they had absorbed by then among them: as far as they are kept. */
  factsOf(member: string, end: number): AnyFact[];
  /** The same of members in order, folded for a scheme: mostly from what is kept of their claims. */
  knownOf(members: readonly string[], scheme: string, end: number): Known[];
}

/** A member as far as reports know them. */
export interface Known {
  member: string;
  recorded: Recorded;
  /** Facts that are about no claim, and maybe others: who employs them is said there. */
  facts: readonly AnyFact[];
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
       (SELECT at, fact FROM standing_facts WHERE person = ? AND ${ALIVE})`,
  );
  facts.setReturnArrays(true);
  const now = openNow(database);
  const mergedBy = (end: number): Merger[] => knownMergers(mergers, end);
  const factsOf = (member: string, end: number): AnyFact[] => {
    const found = idsOf(member, mergedBy(end)).flatMap((id) => {
      const [joined] = facts.get(id, end, end) as unknown as [string | null];
      return joined === null ? [] : factsIn(joined);
    });
    return found.sort(inOrder);
  };
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
    factsOf,
    knownOf(members, scheme, end) {
      const survivors = new Set(mergedBy(end).map(({ survivor }) => survivor));
      const kept = now(members);
      return members.map((member) => {
        const { changed, claims, facts: others } = kept.get(member) ?? UNKNOWN;
        if (changed < end && !survivors.has(member)) {
          const told = factsIn(others ?? '').sort(inOrder);
          const of = JSON.parse(`[${claims ?? ''}]`) as Now[];
          return {
            member,
            recorded: recordedIn(of, told.filter(isStatementFact), scheme),
            facts: told,
          };
        }
        // Something has changed since, or another id is theirs, too: what is kept is of now, and of one id.
        const told = factsOf(member, end);
        return { member, recorded: recordedBy(told.filter(isStatementFact), scheme), facts: told };
      });
    },
  };
}

/** What is kept of a member: when it changed last, their claims, and facts that are about none. */
interface KeptNow {
  changed: number;
  claims: string | null;
  facts: string | null;
}

const UNKNOWN: KeptNow = { changed: 0, claims: null, facts: null };

function openNow(database: Database): (members: readonly string[]) => Map<string, KeptNow> {
  const these = 'person IN (SELECT value FROM json_each(?))';
  // One row for each: to hand over many costs more than to join them.
  const facts = database.prepare(
    `SELECT person, max(coalesce(until, at)),
       group_concat(CASE WHEN until IS NULL THEN at || ',' || fact END)
     FROM standing_facts WHERE ${these} AND claim = '' GROUP BY person`,
  );
  const claims = database.prepare(
    `SELECT person, max(changed), group_concat(now) FROM standing_claims
     WHERE ${these} GROUP BY person`,
  );
  facts.setReturnArrays(true);
  claims.setReturnArrays(true);
  return (members) => {
    const asked = JSON.stringify(members);
    const found = new Map<string, KeptNow>();
    type Row = [string, number, string | null];
    for (const [person, changed, joined] of facts.all(asked) as Row[]) {
      found.set(person, { changed, claims: null, facts: joined });
    }
    for (const [person, changed, joined] of claims.all(asked) as Row[]) {
      const known = found.get(person) ?? UNKNOWN;
      const last = Math.max(known.changed, changed);
      found.set(person, { changed: last, claims: joined, facts: known.facts });
    }
    return found;
  };
}

function inOrder(a: AnyFact, b: AnyFact): number {
  return a.index - b.index;
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
