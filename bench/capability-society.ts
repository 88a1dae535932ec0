import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, randomOf } from '../src/demo/random.ts';
import { capability } from '../src/projections/capability/capability.ts';
import { termNumber } from '../src/projections/capability/credits.ts';
import { dayNumber } from '../src/projections/capability/days.ts';
import { capabilitySociety } from '../src/projections/capability/society.ts';
import { openRows } from '../src/projections/rows.ts';
import { standing } from '../src/projections/standing.ts';
import { createViewsFile } from '../src/projections/views-file.ts';
import { addDays } from '../src/scheme/civil-date.ts';
import type { Database } from '../src/store/driver.ts';

const projections = [standing, capability, capabilitySociety];
const FIRST_DAY = '2016-01-01';
const DAYS = 3_652;
const COUNCILS = 400;
const SKILLS = 50;
const LEVELS = ['aware', 'working', 'practised', 'expert'];
const FRAMEWORK = '00000000-0000-4000-8000-00000000000f';
/** Raised whenever the same size would give other rows. */
const MADE = 1;

/** Facts of one day, more than any has: an index is its day times this, and where it stands in the day. */
export const FACTS_A_DAY = 1_000_000;
/** The day asked today, and the one five years before. */
export const TODAY = '2025-12-31';
export const PAST = '2020-12-31';

/** The index at which all facts of a day and before are known. */
export function endOfDay(day: string): number {
  const since = (Date.parse(day) - Date.parse(FIRST_DAY)) / 86_400_000;
  return (since + 1) * FACTS_A_DAY;
}

export const councilId = (n: number): string => idOf(1, n);

/**
 * Rows of capability of a large society, straight into the tables of the read model: everybody with 50 skills at a
 * level, credited over ten years, a fifth of them seen anew; some move, some work at two councils. It is kept in the
 * temporary folder by a hash of what it is made of, and made once.
 */
export function capabilityRows(members: number, say: (line: string) => void): string {
  const of = JSON.stringify([
    MADE,
    members,
    projections.map(({ tables, indexes }) => [tables, indexes]),
  ]);
  const hash = createHash('sha256').update(of).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `skills-ledger-capability-${hash}.db`);
  if (existsSync(path)) return path;
  say(`making ${members} members with ${SKILLS} skills each in ${path}, once ...`);
  const database = createViewsFile(`${path}.next`, projections);
  database.exec('BEGIN');
  society(database);
  fill(database, members);
  for (const sql of projections.flatMap(({ indexes }) => indexes)) database.exec(sql);
  database.exec('COMMIT');
  database.close();
  renameSync(`${path}.next`, path);
  return path;
}

function society(database: Database): void {
  const bodies = database.prepare(
    `INSERT INTO capability_organisations VALUES (?, 0, NULL, 20000101, NULL, ?, ?, ?, 'england', 'there', '[]')`,
  );
  for (let n = 0; n < COUNCILS; n++) {
    bodies.run(councilId(n), `Council ${n}`, `type-${n % 6}`, `region-${n % 12}`);
  }
  const levels = JSON.stringify(LEVELS.map((code) => ({ code, name: code })));
  database
    .prepare(`INSERT INTO capability_frameworks VALUES (?, 1, 0, 20000101, 'Skills', ?, 24, ?)`)
    .run(FRAMEWORK, levels, SKILLS);
  const named = database.prepare(
    'INSERT INTO capability_named_skills VALUES (?, 1, ?, 0, ?, ?, 0)',
  );
  const terms = database.prepare('INSERT INTO capability_terms VALUES (?, 1, ?, ?, ?, ?)');
  for (let n = 0; n < SKILLS; n++) {
    const skill = idOf(2, n);
    named.run(FRAMEWORK, skill, n, `Skill ${n}`);
    for (const [rank, level] of ['held', ...LEVELS].entries()) {
      const term = termNumber({ framework: FRAMEWORK, version: 1, skill, level });
      terms.run(FRAMEWORK, skill, level, term, rank);
    }
  }
}

function fill(database: Database, members: number): void {
  const random = randomOf('capability');
  const people = openRows(database, 3, 'INSERT INTO capability_people');
  const posts = openRows(database, 8, 'INSERT INTO capability_posts');
  const skills = openRows(database, 11, 'INSERT INTO capability_skills');
  const terms = Array.from({ length: SKILLS }, (_, n) =>
    LEVELS.map((level) =>
      termNumber({ framework: FRAMEWORK, version: 1, skill: idOf(2, n), level }),
    ),
  );
  const days = Array.from({ length: DAYS }, (_, n) => dayNumber(addDays(FIRST_DAY, n)));
  for (let member = 0; member < members; member++) {
    people.add(idOf(3, member), member, '[]');
    const post = (from: number, council: number, part: number): void => {
      const grade = member % 3 === 0 ? 'full' : 'associate';
      posts.add(member, 0, null, from, null, grade, councilId(council), part);
    };
    const home = random.int(0, COUNCILS - 1);
    const both = member % 20 === 0;
    post(days[0] as number, home, both ? 50 : 100);
    if (both) post(days[0] as number, (home + 12) % COUNCILS, 50);
    for (const credited of terms) credit(skills.add, member, { random, credited, days });
  }
  for (const rows of [people, posts, skills]) rows.flush();
}

/** One skill of a member; every fifth was seen anew later, which closed the first row. */
function credit(
  add: ReturnType<typeof openRows>['add'],
  member: number,
  { random, credited, days }: { random: Random; credited: number[]; days: number[] },
): void {
  const seen = random.int(0, DAYS - 1);
  const again = random.int(0, 4) === 0 ? random.int(seen, DAYS - 1) : seen;
  const number = (day: number): number => day * FACTS_A_DAY + random.int(0, FACTS_A_DAY - 1);
  const at = number(seen);
  const [from, until] = [days[seen] as number, days[again] as number];
  const term = credited[random.int(0, LEVELS.length - 1)] as number;
  if (again === seen) {
    add(member, at, 0, at, null, from, null, null, term, 'peer', at);
    return;
  }
  const then = number(again);
  const later = credited[random.int(0, LEVELS.length - 1)] as number;
  add(member, at, 0, at, then, from, null, null, term, 'self', at);
  add(member, at, 0, then, null, from, until, null, term, 'self', at);
  add(member, at, 0, then, null, until, null, null, later, 'peer', then);
}

function idOf(kind: number, n: number): string {
  return `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
