import { decode } from '../events/codec.ts';
import { streamName } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { followUpKey } from './begin.ts';
import { type Erasing, eraseKeys } from './erasure.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';
import { Rejection } from './rejection.ts';

export interface ErasedAnswer extends Answer {
  /** Evidence files whose key is destroyed: the caller deletes them. */
  blobs: string[];
}

type Erase = Omit<Request<'member', Erasing>, 'definition'>;

/**
 * Erases one text, one claim or one person with every id that they absorbed: the fact first, then the keys it
 * names (contract, 4). A retry goes on where a stop came between the two; a start's reconciliation does the same
 * for facts that are there. Of a person erased before, what was absorbed and is left is erased before the refusal:
 * a stop may have come between two ids of one human.
 *
 * @throws Rejection `held`, `erased`, `member-unknown`, ..., and what `handle` and the vault throw
 */
export async function erase(ledger: Ledger, request: Erase): Promise<ErasedAnswer> {
  if (request.body.scope !== 'person') return eraseOne(ledger, request);
  try {
    const answer = await eraseOne(ledger, request);
    const blobs = await eraseAllAbsorbed(ledger, request);
    return { ...answer, blobs: [...answer.blobs, ...blobs] };
  } catch (error) {
    if (isErased(error)) await eraseAllAbsorbed(ledger, request);
    throw error;
  }
}

async function eraseAllAbsorbed(ledger: Ledger, request: Erase): Promise<string[]> {
  const { state } = await ledger.streams.load('member', request.subject);
  const cause = await erasureOf(ledger, request.subject);
  const blobs: string[] = [];
  // Refused for another reason: a key of this person that is gone without an erasure.
  if (cause === undefined) return blobs;
  for (const duplicate of state.erasure.absorbed) {
    blobs.push(...(await eraseAbsorbed(ledger, request, duplicate, cause)));
  }
  return blobs;
}

/** The id of the fact that erased a person as a whole. */
async function erasureOf(ledger: Ledger, person: string): Promise<string | undefined> {
  const stored = await ledger.store.readStream(streamName('member', person), 0n);
  const erasure = stored.find((event) => {
    if (event.type !== 'Erased') return false;
    const fact = decode(event, registry, true) as Extract<AnyFact, { type: 'Erased' }>;
    return fact.data.scope === 'person';
  });
  return erasure?.id;
}

function isErased(error: unknown): boolean {
  return error instanceof Rejection && error.code === 'erased';
}

async function eraseAbsorbed(
  ledger: Ledger,
  { actor, own, correlationId }: Erase,
  duplicate: string,
  causationId: string,
): Promise<string[]> {
  const body = { scope: 'person' as const };
  const key = followUpKey(causationId, eraseKeys.name, duplicate);
  const asked = { subject: duplicate, body, raw: body, key, actor, own };
  try {
    return (await erase(ledger, { ...asked, correlationId, causationId })).blobs;
  } catch (error) {
    // Erased by a command of its own, before the two were found to be one.
    if (isErased(error)) return [];
    throw error;
  }
}

function eraseOne(ledger: Ledger, request: Erase): Promise<ErasedAnswer> {
  return erasing(ledger, { ...request, definition: eraseKeys });
}

/** Carries out a command that states erasures: the facts first, then the keys that they name. */
export async function erasing<Body>(
  ledger: Ledger,
  request: Request<'member', Body>,
): Promise<ErasedAnswer> {
  const answer = await handle(ledger, request);
  // What is destroyed is what was read back, not what was sent.
  const stream = streamName('member', request.subject);
  const first = answer.revision - BigInt(answer.events.length - 1);
  const stored = await ledger.store.readStream(stream, first, answer.events.length);
  const erased = new Set<string>();
  for (const event of stored) {
    const fact = decode(event, registry, true) as AnyFact;
    if (fact.type !== 'Erased') continue;
    const { kids, scope, part, parts } = fact.data;
    const person = scope === 'person' && part === parts ? { personId: request.subject } : {};
    await ledger.vault.erase({ kids, erasedBy: fact.id, ...person });
    for (const kid of kids) erased.add(kid);
  }
  return { ...answer, blobs: await blobsUnder(ledger, request.subject, erased) };
}

async function blobsUnder(
  ledger: Ledger,
  person: string,
  erased: ReadonlySet<string>,
): Promise<string[]> {
  const { claims, erasure } = (await ledger.streams.load('member', person)).state;
  const attached = [...claims.values()].flatMap(({ evidence }) => [...evidence.values()]);
  const retracted = [...erasure.retracted].map(([kid, { blob }]) => ({ kid, blob }));
  return [...attached, ...retracted].flatMap(({ kid, blob }) =>
    blob !== undefined && erased.has(kid) ? [blob] : [],
  );
}
