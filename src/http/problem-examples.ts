import type { Operation } from './operation.ts';
import { bodyOf, type HttpCode, Problem } from './problem.ts';

/** Problems that HTTP itself finds, as a caller would be told them. */
const examples = {
  'signed-out': [401, 'sign in: the header Authorization: Bearer TOKEN is expected'],
  'not-linked': [403, 'nobody is linked to this sign-in: ask an admin to link it'],
  forbidden: [403, 'none of your roles may do this; one of these may: admin'],
  'access-reason-missing': [403, 'this opens sealed text of others: Access-Reason is expected'],
  'submission-forbidden': [403, 'an admin says when something was handed in'],
  'not-found': [404, 'member in the path is no id: a UUID in lower case is expected'],
  'precondition-failed': [412, 'the revision is 8, not 7'],
  'body-too-large': [413, 'the body has more than 2097152 bytes, the most that this takes'],
  'media-type-wrong': [415, 'application/json is expected'],
  'input-wrong': [422, 'body/lines: Invalid input: expected array, received undefined'],
  'header-wrong': [400, 'the header Idempotency-Key is expected: a UUID in lower case'],
  'rate-exceeded': [429, 'too many requests in this minute: wait for what RateLimit says'],
  'projection-behind': [503, 'the read models have not come that far; try again'],
} as const satisfies Partial<Record<HttpCode, readonly [number, string]>>;

type Example = keyof typeof examples;

/** Every example by its code, for the description's components. */
export function problemExamples(): Record<string, { value: unknown }> {
  return Object.fromEntries(
    Object.entries(examples).map(([code, [status, detail]]) => [
      code,
      { value: bodyOf(new Problem(status, code as Example, detail), REQUEST) },
    ]),
  );
}

/** Codes of the examples that fit an operation: what a caller of it may well meet. */
export function examplesFor(row: Operation): Example[] {
  const { may, writes, opens, body, takes, path, query } = row;
  const open = may.includes('anyone');
  const fits: Record<Example, boolean> = {
    'signed-out': !open,
    'not-linked': !open && !may.includes('signed-in'),
    forbidden: !open && !may.includes('signed-in'),
    'access-reason-missing': opens,
    'submission-forbidden': writes && may.includes('admin') && may.length > 1,
    'not-found': path.includes('{'),
    'precondition-failed': writes,
    'body-too-large': body !== undefined || takes !== undefined,
    'media-type-wrong': body !== undefined,
    'input-wrong': body !== undefined || Object.keys(query.shape).length > 0,
    'header-wrong': writes,
    'rate-exceeded': true,
    'projection-behind': !writes && !open,
  };
  return (Object.keys(fits) as Example[]).filter((code) => fits[code]);
}

const REQUEST = '0190a6c2-5b7e-4c1d-9f3a-2d4e6f8a0b1c';
