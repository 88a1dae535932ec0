import { v4 } from 'uuid';
import { assignClaim, claimActivity } from '../src/commands/claim.ts';
import { type Answer, handle, type Ledger } from '../src/commands/handle.ts';
import { as } from '../src/demo/act.ts';
import { type Random, randomOf } from '../src/demo/random.ts';
import { newIdOf } from '../src/events/ids.ts';
import { type Bare, openBare } from './bare.ts';
import { type Bench, openBench } from './home.ts';
import {
  median,
  percentile,
  type Rates,
  type Result,
  rateOf,
  type Watched,
  watch,
} from './measure.ts';
import { claimBody } from './models.ts';

/** Asks one command of a member at random; resolves when it is durable. */
export type Ask = () => Promise<Answer>;

export interface Asked {
  ledger: Ledger & Bench;
  bare: Bare;
  random: Random;
  /** Members of this measure alone: few enough that their folded states stay in memory. */
  members: string[];
}

const MEMBERS = 300;
const ROUNDS = 5;

/** Opens the ledger for a measure of commands, and closes it. */
export async function withCommands<T>(
  folder: string,
  name: string,
  run: (asked: Asked) => Promise<T>,
): Promise<T> {
  const ledger = await openBench(folder);
  const bare = openBare(folder);
  const random = randomOf(name);
  try {
    const members = random.shuffled(ledger.busy).slice(0, MEMBERS);
    return await run({ ledger, bare, random, members });
  } finally {
    bare.close();
    await ledger.close();
  }
}

/** A claim of two lines with five sealed texts. */
export function claiming({
  ledger,
  members,
  random,
}: Pick<Asked, 'members' | 'random'> & { ledger: Ledger }): Ask {
  const bodies = Array.from({ length: 100 }, () => claimBody(random));
  return () => {
    const subject = random.pick(members);
    const raw = random.pick(bodies);
    const body = raw as never;
    const { actor, own } = as('member', { id: subject });
    const said = { definition: claimActivity, subject, raw, body, actor, own };
    return handle(ledger, { ...said, key: v4(), correlationId: v4() });
  };
}

/** A fact without text: a claim is given to an assessor. */
export async function assigning(asked: Asked): Promise<Ask> {
  const { ledger, members, random } = asked;
  const claims: [string, string][] = [];
  for (const subject of members) {
    const { commandId } = await claiming({ ...asked, members: [subject] })();
    claims.push([subject, newIdOf(commandId, 'claim')]);
  }
  return () => {
    const [subject, claim] = random.pick(claims);
    const assessor = random.pick(ledger.assessors);
    const { actor, own } = as('assessor', { id: random.pick(ledger.assessors) });
    const raw = { assessor };
    const said = { definition: assignClaim, subject, path: { claim }, raw, body: raw, actor, own };
    return handle(ledger, { ...said, key: v4(), correlationId: v4() });
  };
}

/** Rounds of commands, then of the rows that they left, bare, and as a log. The first, not counted, warms up. */
export async function rounds(
  { ledger, bare }: Asked,
  ask: Ask,
  of: { count: number; askers: number },
): Promise<{ rates: Rates[]; watched: Watched[] }> {
  const rates: Rates[] = [];
  const watched: Watched[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { position } = await ledger.store.head();
    const seen = await watch(of.count, of.askers, ask);
    const rows = await ledger.store.readAll(position, of.count * 2);
    const limit = await rateOf(rows.length, () => bare.insert(rows, of.askers));
    const log = await rateOf(rows.length, () => bare.log(rows, of.askers));
    if (round === 0) continue;
    rates.push({ ours: seen.rate, limit, log });
    watched.push(seen);
  }
  return { rates, watched };
}

/** The lines of the table that rounds of commands make. */
export function lines(
  name: string,
  what: string,
  { rates, watched }: { rates: Rates[]; watched: Watched[] },
  aims: { ratio: number; p99?: number; loop?: number; cpu?: number },
): Result[] {
  const each = <T>(list: readonly T[], of: (item: T) => number) => list.map(of);
  const shown = (of: (rate: Rates) => number) => `${Math.round(median(each(rates, of)))}/s`;
  const beside = `${shown(({ ours }) => ours)}; bare rows ${shown(({ limit }) => limit)}; log ${shown(({ log }) => log)}`;
  const ratios = each(rates, ({ ours, limit }) => ours / limit);
  const results: Result[] = [
    {
      name,
      what: `${what} / bare rows`,
      ratio: median(ratios),
      aim: aims.ratio,
      rounds: ratios,
      beside,
    },
  ];
  const most = (
    end: string,
    said: string,
    unit: 'ms' | 'µs',
    aim: number | undefined,
    of: (seen: Watched) => number,
  ) => {
    if (aim === undefined) return;
    const values = each(watched, of);
    const ratio = median(values);
    results.push({
      name: `${name}-${end}`,
      what: `${what}, ${said}`,
      ratio,
      unit,
      aim,
      atMost: true,
      rounds: values,
      beside: '',
    });
  };
  most('p99', 'slowest of a hundred', 'ms', aims.p99, ({ latencies }) =>
    percentile(latencies, 0.99),
  );
  most('loop', 'delay of the event loop, p99', 'ms', aims.loop, ({ loopMs }) => loopMs);
  most('cpu', 'CPU of all threads', 'µs', aims.cpu, ({ cpu }) => cpu);
  return results;
}
