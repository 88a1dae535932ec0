import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Caller } from './access.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

const MINUTE_MS = 60_000;
/** Failed sign-ins of one address in a minute: more is guessing, or a script gone wrong. */
const FAILED_SIGN_INS = 300;

/** A limiter for each allowance: so many requests of one subject in a minute, of an address where nobody signed in. */
export function rateLimits({ rates }: Services): Record<keyof Services['rates'], RequestHandler> {
  const limiter = (limit: number): RequestHandler =>
    rateLimit({ ...common, limit, keyGenerator: subjectOf });
  return { read: limiter(rates.read), write: limiter(rates.write), heavy: limiter(rates.heavy) };
}

/** Slows down who keeps failing to sign in. */
export function failedSignIns(): RequestHandler {
  return rateLimit({
    ...common,
    limit: FAILED_SIGN_INS,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req: Request, res: Response) => res.statusCode !== 401,
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? ''),
  });
}

const common = {
  windowMs: MINUTE_MS,
  standardHeaders: 'draft-8' as const,
  legacyHeaders: false,
  validate: false,
  handler: (): never => {
    const detail = 'too many requests in this minute: wait for what RateLimit says';
    throw new Problem(429, 'rate-exceeded', detail, {}, { 'Retry-After': '60' });
  },
};

function subjectOf(req: Request, res: Response): string {
  const { caller } = res.locals as { caller?: Caller };
  const { signedIn } = caller ?? {};
  if (signedIn === undefined) return ipKeyGenerator(req.ip ?? '');
  return `${signedIn.issuer} ${signedIn.subject}`;
}
