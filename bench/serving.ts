import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { v4 } from 'uuid';
import { type Random, randomOf } from '../src/demo/random.ts';
import { openLocalIssuer } from '../src/main/local-issuer.ts';
import { now, openBench } from './home.ts';
import { median, type Result } from './measure.ts';
import { claimBody } from './models.ts';

const ROUNDS = 5;
const ROUND_SECONDS = 3;
const CONNECTIONS = 50;
const MEMBERS = 300;

/** Somebody who asks about themselves. */
interface Asker {
  member: string;
  token: string;
}

/** What autocannon sends next. */
type NextRequest = () => autocannon.Request;

/** Claims posted and statements read, by members who are signed in. */
export async function serving(folder: string): Promise<Result[]> {
  const random = randomOf('http');
  const askers = await signedIn(folder, random);
  const requests = requestsOf(askers, random);
  const [ledger, fixed] = await Promise.all([
    startServer('ledger', folder),
    startServer('fixed', folder),
  ]);
  try {
    return [
      await compared('http-post-claim', 'POST claim', 0.7, [ledger, fixed], requests.post, folder),
      await compared(
        'http-get-statement',
        'GET statement',
        0.9,
        [ledger, fixed],
        requests.get,
        folder,
      ),
    ];
  } finally {
    await Promise.all([ledger.stop(), fixed.stop()]);
  }
}

async function signedIn(folder: string, random: Random): Promise<Asker[]> {
  const ledger = await openBench(folder);
  const issuer = await openLocalIssuer(ledger.vault, 'skills-ledger', now);
  const askers: Asker[] = [];
  for (const member of random.shuffled(ledger.busy).slice(0, MEMBERS)) {
    await ledger.vault.linkSignIn('local', member, member);
    askers.push({ member, token: await issuer.mint(member) });
  }
  await ledger.close();
  return askers;
}

function requestsOf(
  askers: readonly Asker[],
  random: Random,
): { post: NextRequest; get: NextRequest } {
  const bodies = Array.from({ length: 100 }, () => JSON.stringify(claimBody(random)));
  const common = ({ token }: Asker) => ({ Authorization: `Bearer ${token}` });
  return {
    post() {
      const asker = random.pick(askers);
      const headers = {
        ...common(asker),
        'Content-Type': 'application/json',
        'Idempotency-Key': v4(),
      };
      const path = `/v1/members/${asker.member}/claims`;
      return { method: 'POST', path, headers, body: random.pick(bodies) };
    },
    get() {
      const asker = random.pick(askers);
      const path = `/v1/members/${asker.member}/statement?cycle=2024`;
      return { method: 'GET', path, headers: common(asker) };
    },
  };
}

async function compared(
  name: string,
  what: string,
  aim: number,
  [ledger, fixed]: readonly [Server, Server],
  next: NextRequest,
  folder: string,
): Promise<Result> {
  const bare = await startServer('bare', folder, await sizeOf(ledger, next));
  const rounds: { ours: number; limit: number; bare: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const limit = await load(fixed, next);
    const ours = await load(ledger, next);
    // The first warms up.
    if (round > 0) rounds.push({ ours, limit, bare: await load(bare, next) });
  }
  await bare.stop();
  const ratios = rounds.map(({ ours, limit }) => ours / limit);
  const shown = (of: 'ours' | 'limit' | 'bare') =>
    `${Math.round(median(rounds.map((round) => round[of])))}/s`;
  const beside = `${shown('ours')}; fixed answer ${shown('limit')}; bare Express ${shown('bare')}`;
  return {
    name,
    what: `${what} / fixed answer`,
    ratio: median(ratios),
    aim,
    rounds: ratios,
    beside,
  };
}

async function sizeOf({ url }: Server, next: NextRequest): Promise<number> {
  const { path = '', ...init } = next();
  const response = await fetch(url + path, init as RequestInit);
  return (await response.text()).length;
}

/** Answers a second. @throws when one is no success */
async function load({ url }: Server, next: NextRequest): Promise<number> {
  const setupRequest = (request: autocannon.Request) => ({ ...request, ...next() });
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: ROUND_SECONDS,
    requests: [{ setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers were no success, ${result.errors} requests failed`);
  }
  return result['2xx'] / result.duration;
}

export interface Server {
  url: string;
  stop(): Promise<unknown>;
}

/** A server in a process of its own, on a free port, that has caught up. */
export async function startServer(mode: string, folder: string, size = 0): Promise<Server> {
  const child: ChildProcess = fork(new URL('./server.js', import.meta.url), [
    mode,
    folder,
    `${size}`,
  ]);
  const [port] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}
