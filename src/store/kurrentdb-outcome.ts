/** What a failure of the client means for who called it. */
export type OutcomeKind =
  /** The stream is elsewhere: load, decide again. */
  | 'conflict'
  /** Unknown or for now: the same again, with the same ids and the same revision. */
  | 'retry'
  /** The server will not, however often it is asked. */
  | 'refused'
  /** The stream was deleted. */
  | 'gone'
  /** Nothing that is known: a defect of this adapter, of the client or of the server. */
  | 'broken';

export interface Outcome {
  kind: OutcomeKind;
  /** What to tell a person, in one line; never empty. */
  message: string;
  /** Of a conflict: where the stream ends, -1 where there is none. Absent when the client did not say. */
  actual?: bigint;
}

/** A timer of ours ran out: nothing is known of what was asked. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** The types of the client's errors, each with what it means here. */
const byType: Readonly<Record<string, OutcomeKind>> = {
  'wrong-expected-version': 'conflict',
  timeout: 'retry',
  'deadline-exceeded': 'retry',
  unavailable: 'retry',
  cancelled: 'retry',
  'not-leader': 'retry',
  'stream-deleted': 'gone',
  'access-denied': 'refused',
  'invalid-argument': 'refused',
  'maximum-append-size-exceeded': 'refused',
  'missing-required-metadata-property': 'refused',
  unsupported: 'refused',
};

/** Codes of gRPC that say nothing of what was stored: another try will tell. */
const PASSING_CODES = new Set([1, 4, 8, 10, 13, 14]);
/** INVALID_ARGUMENT, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, UNAUTHENTICATED. */
const REFUSING_CODES = new Set([3, 7, 9, 11, 12, 16]);
/** What a server that starts or ends, an election, and a search for a leader say, by message alone. */
const PASSING_WORDS =
  /server is not ready|server is busy|no leader info|failed to discover|leader info available|rst_stream|econn|etimedout|enotfound|eai_again|ehostunreach|enetunreach|epipe|socket hang up|channel has been (closed|shut)|write after end|no connection established|timed? ?out|stream (was )?(removed|refused)/i;

/**
 * What the client threw (typed, untyped, empty, or no Error at all) as one of a closed set. An outcome that is
 * not known to be a refusal is `retry` only where it is known to pass; all else is `broken`.
 */
export function outcomeOf(thrown: unknown): Outcome {
  const { type, code, message, actualVersion } = partsOf(thrown);
  if (thrown instanceof NoAnswer) return { kind: 'retry', message };
  const kind = (type === undefined ? undefined : byType[type]) ?? byRest(type, code, message);
  const said =
    oneLine(message) || type || (code === undefined ? 'no reason given' : `code ${code}`);
  const outcome: Outcome = { kind, message: said };
  if (kind === 'conflict') {
    const actual = revisionOf(actualVersion);
    if (actual !== undefined) outcome.actual = actual;
  }
  return outcome;
}

function byRest(type: string | undefined, code: number | undefined, message: string): OutcomeKind {
  if (PASSING_WORDS.test(message)) return 'retry';
  // A batch append's own `Unknown` comes without code and message, as when a node ends.
  if (type === 'unknown' && code === undefined && message === '') return 'retry';
  if (code !== undefined && PASSING_CODES.has(code)) return 'retry';
  if (code !== undefined && REFUSING_CODES.has(code)) return 'refused';
  return 'broken';
}

interface Parts {
  type?: string;
  code?: number;
  message: string;
  actualVersion?: unknown;
}

function partsOf(thrown: unknown): Parts {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) };
  const { type, code, message, details, actualVersion } = thrown as Record<string, unknown>;
  const parts: Parts = { message: firstText(message, details), actualVersion };
  if (typeof type === 'string') parts.type = type;
  if (typeof code === 'number') parts.code = code;
  // A system error (ECONNREFUSED) has its word as its code.
  if (typeof code === 'string') parts.message = `${code} ${parts.message}`;
  return parts;
}

function firstText(...values: unknown[]): string {
  for (const value of values) if (typeof value === 'string' && value !== '') return value;
  return '';
}

function revisionOf(version: unknown): bigint | undefined {
  if (typeof version === 'bigint') return version;
  return version === 'no_stream' ? -1n : undefined;
}

function oneLine(text: string): string {
  // gRPC ends with the heading of a note that it seldom has.
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ ?Resolution note:$/, '');
}
