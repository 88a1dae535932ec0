import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { joinScheme } from '../src/commands/membership.ts';
import { register } from '../src/commands/register.ts';
import { actOn, as, system } from '../src/demo/act.ts';
import { randomOf } from '../src/demo/random.ts';
import { type OpenLedger, openLedger } from '../src/main/open.ts';
import { readSettings, type Settings } from '../src/main/settings.ts';
import { startViews } from '../src/main/views.ts';
import { readModels } from '../src/projections/read-models.ts';
import { rebuild } from '../src/projections/rebuild.ts';
import { removeDatabase } from '../src/projections/views-file.ts';
import type { StoredEvent } from '../src/store/event-store.ts';
import { type Ask, claiming } from './commands.ts';
import { now } from './home.ts';
import { openBareClient } from './kurrentdb-bare.ts';
import { median, percentile, type Result, rateOf, type Watched, watch } from './measure.ts';
import { makeModels, type Society } from './models.ts';
import { secondsOf } from './walk.ts';

const MEMBERS = 300;
const ROUNDS = 5;
const WALKS = 3;
/** Facts that the rebuild has at least. */
const FACTS = 20_000;
const random = randomOf('kurrentdb');

/** Why nothing is measured, in words that follow the subject's name; undefined where a server is named. */
export function noServer(): string | undefined {
  return serverUrl() === '' ? 'KURRENTDB_URL names no server' : undefined;
}

function serverUrl(): string {
  return process.env['KURRENTDB_URL'] ?? '';
}

/** A ledger of its own on the server, whose facts stay there; the vault lies in the folder. */
interface Place {
  folder: string;
  settings: Settings;
  society: Society;
  members: string[];
}

/**
 * Commands, rebuild and the way to a report on a real server, against its bare client with the same facts. Ours
 * is closed while the client is measured, since it follows the whole log.
 */
export async function onKurrent(folder: string): Promise<Result[]> {
  const place = await makePlace(folder);
  // First, while nothing of the bare client stands among the facts.
  const rebuilt = await rebuilding(place);
  const one = await commandRounds(place, { count: 500, askers: 1 });
  const many = await commandRounds(place, { count: 3_000, askers: 100 });
  return [
    ratio('kurrentdb-one', 'claims one at a time / bare client', one),
    ratio('kurrentdb-at-once', '100 claims at once / the same of the client', many),
    cpuOf('kurrentdb-at-once-cpu', many),
    rebuilt,
    await reporting(place),
  ];
}

async function makePlace(folder: string): Promise<Place> {
  const settings = readSettings({
    LEDGER_HOME: folder,
    LEDGER_STORE: serverUrl(),
    LEDGER_NAME: `bench${randomUUID().replaceAll('-', '')}`,
  });
  const ledger = await openLedger(settings, now, { name: 'Bench Society', demo: false });
  try {
    const society = await makeModels(ledger, random);
    const act = actOn(ledger);
    const enter = async (_: unknown, number: number): Promise<string> => {
      const body = {
        name: `Busy Member ${number}`,
        email: `busy-${number}@example.org`,
        number: `B${1_000 + number}`,
        grade: 'full',
        on: '2020-06-01',
      };
      const asking = { ...act.ask(system('import')), key: randomUUID() };
      const { person } = await register(ledger, { ...asking, raw: body, body });
      const joining = { scheme: society.scheme, on: '2020-06-01' };
      await act.run(joinScheme, {
        subject: person,
        who: as('member', { id: person }),
        body: joining,
      });
      return person;
    };
    const members = await Promise.all(Array.from({ length: MEMBERS }, enter));
    return { folder, settings, society, members };
  } finally {
    await ledger.close();
  }
}

/** Opens the ledger with all members folded, as those of people at work are, and closes it. */
async function withLedger<T>(
  { settings, members }: Place,
  run: (ledger: OpenLedger, ask: Ask) => Promise<T>,
): Promise<T> {
  const ledger = await openLedger(settings, now);
  try {
    for (const member of members) await ledger.streams.load('member', member);
    return await run(ledger, claiming({ ledger, members, random }));
  } finally {
    await ledger.close();
  }
}

interface Round {
  seen: Watched;
  bare: number;
}

/** Rounds of claims, each followed by the same facts through the bare client. The first, not counted, warms up. */
async function commandRounds(
  place: Place,
  of: { count: number; askers: number },
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { seen, facts } = await withLedger(place, async ({ store }, ask) => {
      const { position } = await store.head();
      const watched = await watch(of.count, of.askers, ask);
      return { seen: watched, facts: await store.readAll(position, of.count) };
    });
    const bare = await bareRate(facts, of.askers);
    if (round > 0) rounds.push({ seen, bare });
  }
  return rounds;
}

async function bareRate(facts: readonly StoredEvent[], askers: number): Promise<number> {
  const client = openBareClient(serverUrl());
  try {
    await client.append(facts.slice(0, askers), askers);
    return await rateOf(facts.length, () => client.append(facts, askers));
  } finally {
    await client.close();
  }
}

function ratio(name: string, what: string, rounds: readonly Round[]): Result {
  const ratios = rounds.map(({ seen, bare }) => seen.rate / bare);
  const [ours, bare] = [rounds.map(({ seen }) => seen.rate), rounds.map((each) => each.bare)];
  const beside = `${Math.round(median(ours))}/s; client ${Math.round(median(bare))}/s`;
  return { name, what, ratio: median(ratios), aim: 0.8, rounds: ratios, beside };
}

function cpuOf(name: string, rounds: readonly Round[]): Result {
  const values = rounds.map(({ seen }) => seen.cpu);
  const what = '100 claims at once, CPU of all threads';
  const [unit, aim, atMost] = ['µs', 400, true] as const;
  return { name, what, ratio: median(values), unit, aim, atMost, rounds: values, beside: '' };
}

/** The read models from the first fact, against a plain read of the same stretch of the log. */
async function rebuilding(place: Place): Promise<Result> {
  const path = join(place.folder, 'rebuilt.db');
  const { signal } = new AbortController();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let walk = 0; walk < WALKS; walk++) {
    const { seconds, count, first, last } = await withLedger(place, async ({ store }, ask) => {
      const missing = FACTS - (await store.head()).count;
      if (missing > 0) await watch(missing, 100, ask);
      const took = await secondsOf(() => rebuild({ store, projections: readModels, path, signal }));
      const { count: facts, position = '0' } = await store.head();
      const begin = (await store.readIndex(0))?.position ?? '0';
      return { seconds: took, count: facts, first: begin, last: position };
    });
    removeDatabase(path);
    ours.push(count / seconds);
    const client = openBareClient(serverUrl());
    const read = () => client.readAll(first, last, `${place.settings.cluster?.name}.`);
    bare.push(await rateOf(count, read));
    await client.close();
  }
  const ratios = ours.map((rate, at) => rate / (bare[at] as number));
  return {
    name: 'kurrentdb-rebuild',
    what: 'rebuild / bare readAll of the same stretch',
    ratio: median(ratios),
    aim: 0.8,
    rounds: ratios,
    beside: `${Math.round(median(ours))} facts/s; readAll ${Math.round(median(bare))}/s`,
  };
}

/** From asking for a claim until a report of the read models' thread has it. */
async function reporting(place: Place): Promise<Result> {
  const views = startViews(place.settings);
  try {
    return await withLedger(place, async ({ store }, ask) => {
      await views.waitFor((await store.head()).position ?? '', 600_000);
      const latencies: number[] = [];
      const answers: number[] = [];
      for (let claims = 0; claims < 200; claims++) {
        const began = performance.now();
        const { position } = await ask();
        answers.push(performance.now() - began);
        await views.waitFor(position, 60_000);
        await views.queue({}, { limit: 1 });
        latencies.push(performance.now() - began);
      }
      const p99 = percentile(latencies, 0.99).toFixed(1);
      return {
        name: 'kurrentdb-report',
        what: 'from asking for a claim until a report has it',
        ratio: median(latencies),
        unit: 'ms',
        aim: 20,
        atMost: true,
        rounds: [median(latencies)],
        beside: `the claim's answer after ${median(answers).toFixed(1)} ms; p99 ${p99} ms`,
      };
    });
  } finally {
    await views.close();
  }
}
