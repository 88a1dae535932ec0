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
 * for facts that are there.
 *
 * @throws Rejection `held`, `erased`, `member-unknown`, ..., and what `handle` and the vault throw
 */
export async function erase(ledger: Ledger, request: Erase): Promise<ErasedAnswer> {
  const answer = await eraseOne(ledger, request);
  if (request.body.scope !== 'person') return answer;
  const { state } = await ledger.streams.load('member', request.subject);
  const blobs = [...answer.blobs];
  for (const duplicate of state.erasure.absorbed) {
    blobs.push(...(await eraseAbsorbed(ledger, request, duplicate, answer)));
  }
  return { ...answer, blobs };
}

async function eraseAbsorbed(
  ledger: Ledger,
  { actor, own, correlationId }: Erase,
  duplicate: string,
  cause: Answer,
): Promise<string[]> {
  const causationId = cause.events[0]?.id ?? '';
  const body = { scope: 'person' as const };
  const key = followUpKey(causationId, eraseKeys.name, duplicate);
  const asked = { subject: duplicate, body, raw: body, key, actor, own };
  try {
    return (await erase(ledger, { ...asked, correlationId, causationId })).blobs;
  } catch (error) {
    // Erased by a command of its own, before the two were found to be one.
    if (error instanceof Rejection && error.code === 'erased') return [];
    throw error;
  }
}

async function eraseOne(ledger: Ledger, request: Erase): Promise<ErasedAnswer> {
  const answer = await handle(ledger, { ...request, definition: eraseKeys });
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
