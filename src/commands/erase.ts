import { decode } from '../events/codec.ts';
import { streamName } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { type Erasing, eraseKeys } from './erasure.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';

export interface ErasedAnswer extends Answer {
  /** Evidence files whose key is destroyed: the caller deletes them. */
  blobs: string[];
}

/**
 * Erases one text, one claim or one person: the fact first, then the keys it names (contract, 4). A retry goes
 * on where a stop came between the two; a start's reconciliation does the same.
 *
 * @throws Rejection `held`, `erased`, `member-unknown`, ..., and what `handle` and the vault throw
 */
export async function erase(
  ledger: Ledger,
  request: Omit<Request<'member', Erasing>, 'definition'>,
): Promise<ErasedAnswer> {
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
  const { state } = await ledger.streams.load('member', person);
  return [...state.claims.values()].flatMap(({ evidence }) =>
    [...evidence.values()].flatMap(({ kid, blob }) =>
      blob !== undefined && erased.has(kid) ? [blob] : [],
    ),
  );
}
