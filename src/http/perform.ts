import { v4 } from 'uuid';
import { z } from 'zod';
import { isSystemId, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { actorFor, type Caller } from './access.ts';
import { handedIn } from './handed-in.ts';
import type { Call, Operation, Reply } from './operation.ts';
import { Problem, parsed } from './problem.ts';
import { fileMedia, fileOf } from './report-file.ts';
import type { Services } from './services.ts';

/** What comes in for one operation, from a request of its own or from a row of a bulk request. */
export interface Incoming {
  path: Record<string, string>;
  query: unknown;
  body: unknown;
  bytes?: Uint8Array | undefined;
  /** Reads a header by its name in lower case. */
  header(name: string): string | undefined;
  /** The first of these media types that the caller wants most. */
  accepts?(media: readonly string[]): string | false;
}

/** Codes of the header `Access-Reason`: why another's sealed text is opened. */
export const accessReasons = [
  'decision',
  'review',
  'appeal',
  'audit',
  'support',
  'correction',
  'erasure-request',
  'letter',
] as const;

/**
 * Authorises, checks, runs: the order of the contract, so that nobody learns by a repeat what they may not see.
 *
 * @throws Problem, and whatever `problemOf` knows
 */
export async function perform(
  services: Services,
  operation: Operation,
  caller: Caller,
  incoming: Incoming,
): Promise<Reply> {
  const path = idsIn(incoming.path);
  if (operation.writes) ofNoSystem(path);
  const actor = await actorFor(services, caller, operation.may, path);
  const query = parsed(operation.query, incoming.query ?? {}, 'query');
  const body = bodyFor(operation, incoming.body);
  const call: Call = {
    caller,
    actor,
    path,
    query,
    body,
    raw: incoming.body,
    bytes: incoming.bytes,
    fileName: fileNameOf(incoming.header('file-name')),
    key: operation.writes ? keyOf(incoming.header('idempotency-key')) : '',
    ifMatch: operation.writes ? revisionOf(incoming.header('if-match')) : undefined,
    submittedOn: operation.writes ? handedIn(services, actor, incoming) : undefined,
    correlationId: v4(),
    opening: undefined,
  };
  if (!operation.writes) await atLeast(services, incoming.header('ledger-at-least'));
  if (operation.opens)
    call.opening = await noteOpening(services, operation, call, incoming.header('access-reason'));
  const media = operation.told && incoming.accepts?.(['application/json', ...fileMedia]);
  const wanted = fileMedia.find((one) => one === media);
  if (operation.told === undefined || wanted === undefined) return operation.run(services, call);
  return fileOf(services, await operation.told(services, call), wanted);
}

/** @throws Problem `not-found` on what is no id: nothing has that address */
function idsIn(path: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(path)) {
    if (!Uuid.safeParse(value).success) {
      throw new Problem(
        404,
        'not-found',
        `${name} in the path is no id: a UUID in lower case is expected`,
      );
    }
  }
  return path;
}

/** @throws Problem `not-found`: who acts for the ledger itself is no person, and nothing is written about them */
function ofNoSystem(path: Record<string, string>): void {
  for (const [name, value] of Object.entries(path)) {
    if (isSystemId(value)) throw new Problem(404, 'not-found', `${name} in the path is no person`);
  }
}

function bodyFor({ body, takes }: Operation, sent: unknown): unknown {
  if (body === undefined || takes !== undefined) return undefined;
  return parsed(body, sent, 'body');
}

function keyOf(header: string | undefined): string {
  if (header !== undefined && Uuid.safeParse(header).success) return header;
  throw new Problem(
    400,
    'header-wrong',
    'the header Idempotency-Key is expected: a UUID in lower case, new for each command, the same for a retry',
  );
}

function revisionOf(header: string | undefined): bigint | undefined {
  if (header === undefined) return undefined;
  const digits = /^"(\d{1,18})"$/.exec(header)?.[1];
  if (digits !== undefined) return BigInt(digits);
  throw new Problem(
    400,
    'header-wrong',
    'If-Match takes one ETag as it was given, for example "7"',
  );
}

function fileNameOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    throw new Problem(400, 'header-wrong', 'File-Name is expected percent-encoded, as UTF-8');
  }
}

export async function atLeast(services: Services, position: string | undefined): Promise<void> {
  if (position === undefined) return;
  const waited = await services.views
    .waitFor(position, limits.atLeastWaitMs)
    .catch((error: unknown) => {
      if (!(error instanceof RangeError)) throw error;
      throw new Problem(
        400,
        'header-wrong',
        'Ledger-At-Least takes a Ledger-Position as it was given',
      );
    });
  if (waited.reached) return;
  throw new Problem(
    503,
    'projection-behind',
    'the read models have not come that far; try again',
    { position: waited.position, index: waited.count },
    { 'Retry-After': '1' },
  );
}

const AccessReason = z.enum(accessReasons);

async function noteOpening(
  { ledger }: Services,
  operation: Operation,
  { caller, actor, path }: Call,
  header: string | undefined,
): Promise<Call['opening']> {
  const subject = path['member'] ?? EVERYBODY;
  if (caller.own.has(subject)) return undefined;
  const reason = AccessReason.safeParse(header);
  if (!reason.success) {
    throw new Problem(
      403,
      'access-reason-missing',
      `this opens sealed text of others: Access-Reason is expected, one of ${accessReasons.join(', ')}`,
    );
  }
  const opening = { actor: actor.id, reason: reason.data, operation: operation.id };
  await ledger.vault.logAccess([{ at: ledger.now(), subject, ...opening }]);
  return opening;
}

/** The subject of an opening that is not about one member (a search). */
const EVERYBODY = '00000000-0000-8000-8000-000000000000';
