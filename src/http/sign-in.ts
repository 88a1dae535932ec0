import { hash } from 'node:crypto';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWK,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { Problem } from './problem.ts';

/** Who a token says that the caller is: never what they may do. */
export interface SignedIn {
  issuer: string;
  subject: string;
}

/** Tells who a bearer token speaks for. @throws Problem `signed-out` */
export type Verify = (token: string) => Promise<SignedIn>;

/** Whose tokens are taken: one issuer, its audience, and its keys: given, or fetched. */
export interface Issuer {
  issuer: string;
  audience: string;
  keys: JWK | URL;
}

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];
/** An issuer's key that is withdrawn serves no longer than this: half of it in the keys that were fetched, half of
 *  it in a token that is remembered by its hash. */
const WITHDRAWN_AFTER_MS = 5 * 60_000;
const REMEMBER_MS = WITHDRAWN_AFTER_MS / 2;
const REMEMBER_MOST = 10_000;

/** Verifies tokens of one issuer; verifying costs 0.1 to 0.2 ms, so each is remembered until it ends. */
export function verifyingTokens(trusted: Issuer, now: () => string): Verify {
  const { issuer, audience, keys } = trusted;
  const key: JWTVerifyGetKey =
    keys instanceof URL
      ? createRemoteJWKSet(keys, { cacheMaxAge: WITHDRAWN_AFTER_MS - REMEMBER_MS })
      : createLocalJWKSet({ keys: [keys] });
  const known = new Map<string, SignedIn & { ends: number }>();
  return async (token) => {
    const hashed = hash('sha256', token, 'base64');
    const time = Date.parse(now());
    const seen = known.get(hashed);
    if (seen !== undefined && time < seen.ends) return seen;
    known.delete(hashed);
    const options = { issuer, audience, algorithms: ALGORITHMS, currentDate: new Date(time) };
    const { payload } = await jwtVerify(token, key, {
      ...options,
      requiredClaims: ['sub', 'exp'],
    }).catch((error: unknown) => refused(error));
    const ends = Math.min((payload.exp ?? 0) * 1_000, time + REMEMBER_MS);
    // RFC 7519, 4.1.2: a text; jose looks only whether it is there.
    const subject: unknown = payload.sub;
    if (typeof subject !== 'string' || subject === '') throw signedOut('this token says not who');
    const signedIn = { issuer, subject, ends };
    if (known.size >= REMEMBER_MOST) known.clear();
    known.set(hashed, signedIn);
    return signedIn;
  };
}

function refused(error: unknown): never {
  if (isOfTheIssuer(error)) {
    throw new Problem(
      503,
      'unavailable',
      'the issuer’s keys cannot be had now',
      {},
      { 'Retry-After': '5' },
    );
  }
  const why =
    error instanceof errors.JWTExpired ? 'this token has ended' : 'this token is not valid here';
  throw signedOut(`${why}: a current one is expected`);
}

/** Whether the keys could not be had: no answer, another than 200, or no key set in it. */
function isOfTheIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
}

/** 401, with the challenge that RFC 6750 asks for. */
export function signedOut(detail: string): Problem {
  const challenge = { 'WWW-Authenticate': 'Bearer realm="skills-ledger"' };
  return new Problem(401, 'signed-out', detail, {}, challenge);
}
