import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import {
  Contended,
  PreconditionFailed,
  Rejection,
  type RejectionCode,
} from '../commands/rejection.ts';
import { TextsTooLong } from '../events/sealing.ts';
import { NoSuchTable } from '../export/given.ts';
import { BadCursor, NoSuchCycle } from '../projections/views.ts';
import { AppendRefused, StoreUnavailable } from '../store/event-store.ts';
import { type VaultRefusal, VaultRefused, VaultUnavailable } from '../vault/vault.ts';
import { inputWords } from './input-words.ts';

/** Problems that HTTP itself finds, by their stable codes. */
export type HttpCode =
  | 'access-reason-missing'
  | 'body-malformed'
  | 'body-too-large'
  | 'contended'
  | 'cursor-wrong'
  | 'file-wrong'
  | 'forbidden'
  | 'header-too-large'
  | 'header-wrong'
  | 'input-wrong'
  | 'internal'
  | 'media-type-wrong'
  | 'method-wrong'
  | 'not-found'
  | 'not-linked'
  | 'precondition-failed'
  | 'projection-behind'
  | 'rate-exceeded'
  | 'request-malformed'
  | 'request-timeout'
  | 'signed-out'
  | 'submission-forbidden'
  | 'unavailable';

/** A problem as RFC 9457 has it, thrown where it is found. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: string;
  readonly status: number;
  readonly more: Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    code: HttpCode | RejectionCode | VaultRefusal,
    detail: string,
    more: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
    this.headers = headers;
  }
}

export const ProblemShape = z.object({
  type: z.string().describe('urn:skills-ledger:problem: and the code'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('stable; what a program decides on'),
  detail: z.string().describe('what was wrong and what would be right'),
  instance: z.string().describe('urn:uuid: of this request, as in the log'),
});

/** The body of a problem (RFC 9457). */
export function bodyOf(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `urn:skills-ledger:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    instance: `urn:uuid:${requestId}`,
    ...problem.more,
  };
}

/** Any error as a problem; what is no problem of the caller's is `internal`, and says nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection)
    return new Problem(statusOf(error.code), error.code, error.message);
  if (error instanceof PreconditionFailed) {
    return new Problem(412, 'precondition-failed', error.message);
  }
  if (error instanceof Contended) {
    return new Problem(409, 'contended', error.message, {}, { 'Retry-After': '1' });
  }
  if (error instanceof VaultRefused) {
    return new Problem(vaultStatus[error.code], error.code, error.message);
  }
  if (error instanceof StoreUnavailable || error instanceof VaultUnavailable) {
    return new Problem(503, 'unavailable', error.message, {}, { 'Retry-After': '1' });
  }
  if (error instanceof AppendRefused || error instanceof TextsTooLong) {
    return new Problem(413, 'body-too-large', error.message);
  }
  if (error instanceof NoSuchTable) {
    return error.why === 'none'
      ? new Problem(404, 'not-found', error.message)
      : new Problem(400, 'input-wrong', error.message);
  }
  if (error instanceof NoSuchCycle) return new Problem(404, 'not-found', error.message);
  if (error instanceof BadCursor) return new Problem(400, 'cursor-wrong', error.message);
  return new Problem(500, 'internal', 'something went wrong here; nothing was lost');
}

/** The input as its schema wants it. @throws Problem `input-wrong` with a pointer (RFC 6901) to each fault */
export function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  where: 'body' | 'query' | 'path',
): T {
  const result = schema.safeParse(value, { error: inputWords });
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).map(({ path, message }) => ({
    in: where,
    pointer: path
      .map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`)
      .join(''),
    detail: message,
  }));
  const first = errors[0];
  const detail = `${where}${first?.pointer ?? ''}: ${first?.detail ?? 'not as expected'}`;
  throw new Problem(where === 'body' ? 422 : 400, 'input-wrong', detail, { errors });
}

const vaultStatus: Record<VaultRefusal, number> = {
  'number-taken': 409,
  'number-erased': 409,
  'command-reused': 422,
  'sign-in-taken': 409,
  'erasure-unfinished': 503,
  'other-ledger': 500,
  'wrong-wrapping-key': 500,
  'evidence-missing': 404,
  'evidence-broken': 500,
};

/** The status of a refusal: who may not 403, what is not there 404, gone 410, a wrong request 422, else 409. */
export function statusOf(code: RejectionCode): number {
  if (code.endsWith('-unknown')) return inBody.has(code) ? 422 : 404;
  return statuses[code] ?? 409;
}

/** Things that a body names, rather than the path. */
const inBody: ReadonlySet<RejectionCode> = new Set([
  'fact-unknown',
  'code-unknown',
  'framework-unknown',
  'kind-unknown',
  'rate-unknown',
  'line-unknown',
  'panel-unknown',
  'rulebook-unknown',
  'skill-unknown',
]);

const statuses: Partial<Record<RejectionCode, number>> = {
  'claimed-too-early': 422,
  'cycle-wrong': 422,
  'date-wrong': 422,
  'digest-wrong': 422,
  'first-decider': 403,
  'headcount-beyond': 422,
  'key-reused': 422,
  'level-wrong': 422,
  'mapping-incomplete': 422,
  'need-doubled': 422,
  'neighbours-wrong': 422,
  'not-appointed': 403,
  'outside-appointment': 403,
  'own-claim': 403,
  'own-correction': 403,
  'own-duplicate': 403,
  'own-interest': 403,
  'own-skill': 403,
  'panel-doubled': 422,
  'points-beyond': 422,
  'quorum-short': 422,
  'reason-missing': 422,
  'rulebook-faulty': 422,
  'skill-doubled': 422,
  'succeeds-itself': 422,
  'attendance-doubled': 422,
  'unit-wrong': 422,
  'version-wrong': 422,
  erased: 410,
};
