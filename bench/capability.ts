import { statSync } from 'node:fs';
import type { CapabilityQuery } from '../src/projections/capability/asked.ts';
import { capabilityReport } from '../src/projections/capability/report.ts';
import type { StandingSource } from '../src/projections/standing-walk.ts';
import { openViewsFile } from '../src/projections/views-file.ts';
import type { Database } from '../src/store/driver.ts';
import type { EventStore } from '../src/store/event-store.ts';
import { capabilityRows, councilId, endOfDay, PAST, TODAY } from './capability-society.ts';
import { median, type Result } from './measure.ts';

const ROUNDS = 3;
const COUNCILS_ASKED = 40;

/** Reports of capability of a large society: five years ago against today; one council against its bare rows. */
export async function capability(members: number): Promise<Result[]> {
  const path = capabilityRows(members, (line) => void process.stderr.write(`${line}\n`));
  const database = openViewsFile(path, true);
  try {
    const source = sourceOf(database);
    return [await whole(source, members, statSync(path).size), await oneCouncil(source, database)];
  } finally {
    database.close();
  }
}

function sourceOf(database: Database): StandingSource {
  const count = endOfDay(TODAY);
  const store = { head: async () => ({ count, position: undefined }) } as unknown as EventStore;
  return { store, rows: async () => database, count: () => count };
}

const question = (on: string, more: Partial<CapabilityQuery>): CapabilityQuery => ({
  on,
  asOf: { index: endOfDay(on) },
  councils: 'then',
  today: TODAY,
  by: [],
  ...more,
});

/** CPU of this process that a step takes, in ms. */
async function cpuOf(step: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function whole(source: StandingSource, members: number, bytes: number): Promise<Result> {
  const by = ['skill', 'level', 'region', 'type', 'grade'] as const;
  const ratios: number[] = [];
  const today: number[] = [];
  let holdings = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const now = await cpuOf(async () => {
      const { totals } = await capabilityReport(source, question(TODAY, { by }));
      holdings = totals[0]?.events ?? 0;
    });
    const then = await cpuOf(() => capabilityReport(source, question(PAST, { by })));
    // The first reads the file.
    if (round === 0) continue;
    ratios.push(then / now);
    today.push(now);
  }
  const micros = (median(today) * 1_000) / holdings;
  return {
    name: 'capability',
    what: 'report of all skills as of five years ago / as of today (CPU)',
    ratio: median(ratios),
    aim: 1.2,
    atMost: true,
    rounds: ratios,
    beside: `today ${(median(today) / 1_000).toFixed(1)} s for ${members} members, ${holdings} skills of theirs (${micros.toFixed(2)} µs each); rows of ${Math.round(bytes / 2 ** 20)} MiB`,
  };
}

async function oneCouncil(source: StandingSource, database: Database): Promise<Result> {
  const bare = database.prepare(
    `SELECT term, count(*) FROM capability_posts AS post
     JOIN capability_skills AS skill ON skill.member = post.member
     WHERE post.organisation = ?3
       AND post.recorded_from < ?1 AND coalesce(post.recorded_until, ?1) >= ?1
       AND post.effective_from <= ?2 AND coalesce(post.effective_until, 99999999) > ?2
       AND skill.recorded_from < ?1 AND coalesce(skill.recorded_until, ?1) >= ?1
       AND skill.effective_from <= ?2 AND coalesce(skill.effective_until, 99999999) > ?2
     GROUP BY term`,
  );
  const [end, day] = [endOfDay(TODAY), Number(TODAY.replaceAll('-', ''))];
  const ratios: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    let [asked, plain] = [0, 0];
    for (let n = 0; n < COUNCILS_ASKED; n++) {
      const council = [councilId(n * 7)];
      const by = ['skill', 'level'] as const;
      plain += await cpuOf(async () => bare.all(end, day, council[0] ?? ''));
      asked += await cpuOf(() => capabilityReport(source, question(TODAY, { by, council })));
    }
    if (round === 0) continue;
    ratios.push(asked / plain);
    ours.push(asked / COUNCILS_ASKED);
  }
  return {
    name: 'capability-one',
    what: 'report of one council / a bare count of the same rows by index (CPU)',
    ratio: median(ratios),
    aim: 2,
    atMost: true,
    rounds: ratios,
    beside: `${median(ours).toFixed(1)} ms for a council`,
  };
}
