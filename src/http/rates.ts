import { hash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';
import type { Caller } from './access.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

const MINUTE_MS = 60_000;
/** Failed sign-ins of one address in a minute: more is guessing, or a script gone wrong. */
const FAILED_SIGN_INS = 300;

/** Counts a request, and says in its headers what is left. @throws Problem `rate-exceeded` */
export type Allow = (req: Request, res: Response) => Promise<void>;

/** An allowance of each kind: so many requests of one subject in a minute, of an address where nobody signed in. */
export function rateLimits(services: Services): Record<keyof Services['rates'], Allow> {
  const allowing = (limit: number): Allow => {
    const minutes = minutesOf(services, limit);
    return async (req, res) => {
      const { over } = await minutes.hit(res, subjectOf(req, res));
      if (over) throw exceeded();
    };
  };
  const { read, write, heavy } = services.rates;
  return { read: allowing(read), write: allowing(write), heavy: allowing(heavy) };
}

/** Slows down who keeps failing to sign in. */
export function failedSignIns(services: Services): RequestHandler {
  const minutes = minutesOf(services, FAILED_SIGN_INS);
  return async (req, res, next) => {
    const address = addressOf(req);
    const { over, ends } = await minutes.hit(res, address);
    res.once('finish', () => {
      if (res.statusCode !== 401) minutes.forget(address, ends);
    });
    if (over) throw exceeded();
    next();
  };
}

/**
 * What is counted in a minute, for each key. Counting is the package's; its middleware is not used, since most
 * of what it took of a request was for settings that are none of ours.
 */
function minutesOf({ ledger }: Services, limit: number) {
  const store = new MemoryStore();
  store.init({ windowMs: MINUTE_MS } as Options);
  const name = `"${limit}-in-1min"`;
  const now = (): number => Date.parse(ledger.now());
  return {
    /** Headers are those of draft 8 of RateLimit, which tells subjects apart by a hash of their key. */
    async hit(res: Response, key: string): Promise<{ over: boolean; ends: number }> {
      const { totalHits, resetTime } = await store.increment(key);
      const ends = resetTime?.getTime() ?? 0;
      const seconds = Math.max(0, Math.ceil((ends - now()) / 1_000));
      const partition = Buffer.from(hash('sha256', key).slice(0, 12)).toString('base64');
      res.appendHeader('RateLimit', `${name}; r=${Math.max(0, limit - totalHits)}; t=${seconds}`);
      res.appendHeader('RateLimit-Policy', `${name}; q=${limit}; w=60; pk=:${partition}:`);
      return { over: totalHits > limit, ends };
    },
    /** Takes a hit back, while its minute lasts. */
    forget(key: string, ends: number): void {
      if (now() < ends) void store.decrement(key);
    },
  };
}

function exceeded(): Problem {
  const detail = 'too many requests in this minute: wait for what RateLimit says';
  return new Problem(429, 'rate-exceeded', detail, {}, { 'Retry-After': '60' });
}

function subjectOf(req: Request, res: Response): string {
  const { caller } = res.locals as { caller?: Caller };
  const { signedIn } = caller ?? {};
  return signedIn === undefined ? addressOf(req) : `${signedIn.issuer} ${signedIn.subject}`;
}

/** Of whoever is connected: no proxy is believed. Of IPv6 the network, since one person has all of it. */
function addressOf(req: Request): string {
  return ipKeyGenerator(req.socket.remoteAddress ?? '');
}
