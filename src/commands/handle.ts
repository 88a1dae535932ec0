import { encode } from '../events/codec.ts';
import type { NewFact } from '../events/define.ts';
import { commandIdOf, streamName } from '../events/ids.ts';
import { registry } from '../events/registry.ts';
import { type DataKey, digestOf } from '../events/sealing.ts';
import type { Actor, Metadata } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { type EventStore, type Position, WrongExpectedRevision } from '../store/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Command, CommandDefinition, Load } from './define.ts';
import { unhurried } from './pace.ts';
import { Contended, PreconditionFailed, refuse } from './rejection.ts';
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
  return ledger.streams.inTurn(stream, () => attempts(ledger, request, stream, id));
}

async function attempts<C extends keyof States, Body>(
  ledger: Ledger,
  request: Request<C, Body>,
  stream: string,
  id: string,
): Promise<Answer> {
  const { category } = request.definition;
  await unhurried();
  const fresh = request.mintedKey ?? (await ledger.vault.takeKey());
  let used = false;
  try {
    for (let attempt = 0; attempt <= limits.conflictRetries; attempt++) {
      const folded = await ledger.streams.load(category, request.subject);
      const command = commandOf(ledger, request, id, fresh);
      const context = await contextOf(ledger, request, command, folded.state);
      // What is folded is shared, and goes on in any pause. From here to the revision there is none: the
      // repeat, the revision and the facts are those of one state.
      const told = folded.commands.get(id);
      if (told !== undefined) return await repeated(ledger, request, id, told);
      if (request.ifMatch !== undefined && request.ifMatch !== folded.revision) {
        throw new PreconditionFailed(`the revision is ${folded.revision}, not ${request.ifMatch}`);
      }
      const decision = decided(ledger, request, command, folded, context);
      const expected = folded.revision < 0n ? 'no-stream' : folded.revision;
      const { encoded, digest } = await sealed(ledger, request, decision, fresh);
      used ||= encoded.some(({ data, metadata }) => `${data}${metadata}`.includes(fresh.kid));
      try {
        await ledger.store.append(stream, expected, encoded);
      } catch (error) {
        if (error instanceof WrongExpectedRevision) continue;
        throw error;
      }
      await unhurried();
      const after = await ledger.streams.load(category, request.subject, encoded);
      const trace = after.commands.get(id);
      if (trace === undefined) throw new Error(`${id} was appended but is not in ${stream}`);
      // Else another try of this id was stored: under a key of its own, so that its digest is checked anew.
      const ours = trace.digest.mac === digest.mac;
      const answer = ours ? answerOf(id, trace) : await repeated(ledger, request, id, trace);
      return { ...answer, repeated: false };
    }
    throw new Contended(
      `${stream} was written by others ${limits.conflictRetries + 1} times; try again`,
    );
  } finally {
    // A key that may stand in a fact is never handed out again, even where the append's fate is unknown.
    if (!used && request.mintedKey === undefined) ledger.vault.giveBack(fresh.kid);
  }
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

interface Decided {
  facts: NewFact[];
  commandId: string;
  digestKid: string;
  recordedAt: string;
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

async function sealed<C extends keyof States, Body>(
  ledger: Ledger,
  request: Request<C, Body>,
  { facts, commandId, digestKid, recordedAt }: Decided,
  fresh: DataKey,
) {
  const keys = await keysOf(ledger, facts, digestKid, fresh);
  const digest = digestOf(keys.get(digestKid) as DataKey, contentOf(request));
  const encoded = encode(
    facts,
    {
      ledgerId: ledger.ledgerId,
      stream: streamName(request.definition.category, request.subject),
      commandId,
      commandDigest: digest,
      correlationId: request.correlationId,
      causationId: request.causationId,
      actor: request.actor,
      recordedAt,
      submittedOn: request.submittedOn,
    },
    registry,
    keys,
  );
  return { encoded, digest };
}

async function keysOf(ledger: Ledger, facts: NewFact[], digestKid: string, fresh: DataKey) {
  const kids = new Set([digestKid]);
  for (const fact of facts) for (const { kid } of fact.texts ?? []) kids.add(kid);
  const keys = new Map<string, DataKey>([
    [fresh.kid, fresh],
    [ledger.vault.ledgerKey.kid, ledger.vault.ledgerKey],
  ]);
  for (const kid of kids) {
    if (keys.has(kid)) continue;
    const key = await ledger.vault.key(kid);
    if (typeof key === 'string') refuse('erased', 'what this concerns has been erased');
    keys.set(kid, key);
  }
  return keys;
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

function contentOf(request: Request<keyof States, unknown>): unknown {
  return [request.definition.name, request.path ?? {}, request.raw ?? {}, request.files ?? []];
}
