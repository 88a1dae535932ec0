import { encode } from '../events/codec.ts';
import type { NewFact } from '../events/define.ts';
import { streamName } from '../events/ids.ts';
import { registry } from '../events/registry.ts';
import { type DataKey, digestOf } from '../events/sealing.ts';
import type { Ledger, Request } from './handle.ts';
import { refuse } from './rejection.ts';
import type { States } from './states.ts';

/** What a command comes to, before it is sealed. */
export interface Decided {
  facts: NewFact[];
  commandId: string;
  digestKid: string;
  recordedAt: string;
}

/** The facts of a decision as they are stored, and the digest of the command. @throws Rejection `erased` */
export async function sealed<C extends keyof States, Body>(
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

/** What the digest of a command is over (contract, 1). */
export function contentOf(request: Request<keyof States, unknown>): unknown {
  return [request.definition.name, request.path ?? {}, request.raw ?? {}, request.files ?? []];
}
