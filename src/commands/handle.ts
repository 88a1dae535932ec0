import { commandIdOf, streamName } from '../events/ids.ts';
import { type DataKey, digestOf } from '../events/sealing.ts';
import type { Actor, Metadata } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { type EventStore, type Position, WrongExpectedRevision } from '../store/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Command, CommandDefinition, Load } from './define.ts';
import { unhurried } from './pace.ts';
import { Contended, PreconditionFailed, Rejection, refuse } from './rejection.ts';
import { contentOf, type Decided, sealed } from './seal-facts.ts';
import type { States } from './states.ts';
import type { Folded, Streams, Trace } from './streams.ts';

/** What commands run on: the store, the vault, and the clock. */
export interface Ledger {
  ledgerId: string;
  zone: string;
  store: EventStore;
  vault: Vault;
  streams: Streams;
  /** The time now, UTC with milliseconds. */
  now: () => string;
}

/** A command as it comes in, authorised already. */
export interface Request<C extends keyof States, Body> {
  definition: CommandDefinition<string, C, Body, unknown>;
  subject: string;
  path?: Record<string, string>;
  /** The body as parsed, before defaults: what the digest is over. */
  raw: unknown;
  body: Body;
  /** SHA-256 (hex) of each file that came with it. */
  files?: string[];
  /** The client's `Idempotency-Key`, or what stands for it where the command follows from a fact. */
  key: string;
  actor: Actor;
  own: ReadonlySet<string>;
  correlationId: string;
  causationId?: string;
  submittedOn?: Metadata['submittedOn'];
  /** The revision that the caller saw (`If-Match`). */
  ifMatch?: bigint;
  /** Where the command creates its stream: its id by the category alone (contract, 1). */
  commandId?: string;
  /** Where a command was minted a key before (a registration, a file): instead of a fresh one. */
  mintedKey?: DataKey;
}

/** The answer to a command: ids, revision and position, from what was read back. */
export interface Answer {
  commandId: string;
  events: { id: string; type: string }[];
  revision: bigint;
  position: Position;
  /** Whether this was said before and nothing was written now. */
  repeated: boolean;
}

/**
 * Runs a command: load, find a repeat, decide, append at the revision read, read back.
 *
 * @throws Rejection when the rules refuse it, `key-reused` when the key was used for another command
 * @throws PreconditionFailed when `ifMatch` is not the stream's revision
 * @throws Contended after several conflicts; StoreUnavailable when the outcome is unknown
 */
export async function handle<C extends keyof States, Body>(
  ledger: Ledger,
  request: Request<C, Body>,
): Promise<Answer> {
  const { category } = request.definition;
  const stream = streamName(category, request.subject);
  const id =
    request.commandId ?? commandIdOf(ledger.ledgerId, request.actor.id, stream, request.key);
  // Before its turn, not in it: who has waited for another on the same stream goes on at once.
  await unhurried();
  return ledger.streams.inTurn(stream, () => attempts(ledger, request, stream, id));
}

async function attempts<C extends keyof States, Body>(
  ledger: Ledger,
  request: Request<C, Body>,
  stream: string,
  id: string,
): Promise<Answer> {
  const key = request.mintedKey ?? (await ledger.vault.takeKey());
  const fresh = { key, used: false };
  const asked: Asked<C, Body> = { request, stream, id, fresh };
  try {
    if (ledger.store.followed !== undefined) {
      // On what was followed, first: the revision protects a success, and what refuses is asked about again.
      const answer = await attempt(ledger, asked, true).catch((error: unknown) => {
        if (!(error instanceof Rejection || error instanceof PreconditionFailed)) throw error;
      });
      if (answer !== undefined) return answer;
    }
    for (let tries = 0; tries <= limits.conflictRetries; tries++) {
      const answer = await attempt(ledger, asked, false);
      if (answer !== undefined) return answer;
    }
    throw new Contended(
      `${stream} was written by others ${limits.conflictRetries + 1} times; try again`,
    );
  } finally {
    // A key that may stand in a fact is never handed out again, even where the append's fate is unknown.
    if (!fresh.used && request.mintedKey === undefined) ledger.vault.giveBack(key.kid);
  }
}

interface Asked<C extends keyof States, Body> {
  request: Request<C, Body>;
  stream: string;
  id: string;
  fresh: { key: DataKey; used: boolean };
}

/** One attempt; undefined where another has written to the stream meanwhile. */
async function attempt<C extends keyof States, Body>(
  ledger: Ledger,
  { request, stream, id, fresh }: Asked<C, Body>,
  followed: boolean,
): Promise<Answer | undefined> {
  const { category } = request.definition;
  const folded = await ledger.streams.load(category, request.subject, { followed });
  const command = commandOf(ledger, request, id, fresh.key);
  const context = await contextOf(ledger, request, command, folded.state);
  // What is folded is shared, and goes on in any pause. From here to the revision there is none: the
  // repeat, the revision and the facts are those of one state.
  const told = folded.commands.get(id);
  if (told !== undefined) return repeated(ledger, request, id, told);
  if (request.ifMatch !== undefined && request.ifMatch !== folded.revision) {
    throw new PreconditionFailed(`the revision is ${folded.revision}, not ${request.ifMatch}`);
  }
  const decision = decided(ledger, request, command, folded, context);
  const expected = folded.revision < 0n ? 'no-stream' : folded.revision;
  const { encoded, digest } = await sealed(ledger, request, decision, fresh.key);
  const { kid } = fresh.key;
  fresh.used ||= encoded.some((one) => one.data.includes(kid) || one.metadata.includes(kid));
  try {
    await ledger.store.append(stream, expected, encoded);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return undefined;
    throw error;
  }
  await unhurried();
  const written = { written: encoded, followed: true };
  const after = await ledger.streams.load(category, request.subject, written);
  const trace = after.commands.get(id);
  if (trace === undefined) throw new Error(`${id} was appended but is not in ${stream}`);
  // Else another try of this id was stored: under a key of its own, so that its digest is checked anew.
  const ours = trace.digest.mac === digest.mac;
  return ours ? { ...answerOf(id, trace), repeated: false } : repeated(ledger, request, id, trace);
}

function commandOf<C extends keyof States, Body>(
  ledger: Ledger,
  request: Request<C, Body>,
  id: string,
  fresh: DataKey,
): Command<Body> {
  const { subject, path = {}, body, actor, own } = request;
  const now = ledger.now();
  const today = civilDateIn(ledger.zone, now);
  return { id, subject, path, body, actor, own, now, today, newKid: fresh.kid };
}

function contextOf<C extends keyof States, Body>(
  ledger: Ledger,
  { definition }: Request<C, Body>,
  command: Command<Body>,
  state: States[C],
): Promise<unknown> {
  const load: Load = async (category, subject) =>
    (await ledger.streams.load(category, subject)).state;
  return definition.context(load, command, state);
}

function decided<C extends keyof States, Body>(
  ledger: Ledger,
  { definition }: Request<C, Body>,
  asked: Command<Body>,
  { state, lastRecordedAt }: Folded<States[C]>,
  context: unknown,
): Decided {
  const now = asked.now < lastRecordedAt ? lastRecordedAt : asked.now;
  const command = { ...asked, now, today: civilDateIn(ledger.zone, now) };
  const facts = definition.decide(command, state, context);
  if (facts.length === 0) throw new Error(`${definition.name} decided nothing and refused nothing`);
  const digestKid = definition.digestKid(command, state) ?? ledger.vault.ledgerKey.kid;
  return { facts, commandId: command.id, digestKid, recordedAt: now };
}

/** The answer to a command that the stream holds already, if it is the same command. */
async function repeated(
  ledger: Ledger,
  request: Request<never, unknown> | Request<keyof States, unknown> | { raw: unknown },
  commandId: string,
  trace: Trace,
): Promise<Answer> {
  const { kid, mac } = trace.digest;
  const key =
    kid === ledger.vault.ledgerKey.kid ? ledger.vault.ledgerKey : await ledger.vault.key(kid);
  // A digest that can no longer be checked counts as the same command (contract, end).
  if (typeof key !== 'string' && digestOf(key, contentOf(request as never)).mac !== mac) {
    refuse('key-reused', 'this Idempotency-Key was used for another command; take a new one');
  }
  return answerOf(commandId, trace);
}

function answerOf(commandId: string, { events, revision, position }: Trace): Answer {
  return { commandId, events, revision, position, repeated: true };
}
