import { boxesOf, decode, textsOf } from '../events/codec.ts';
import { streamName } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { DataKey, Texts } from '../events/sealing.ts';
import type { Ledger } from './handle.ts';

/** The texts of one fact, opened; what was erased is absent. */
export interface OpenedFact {
  event: string;
  type: string;
  recordedAt: string;
  texts: Texts;
}

/** Opens what a member's stream holds in text, of the facts that are wanted, in order. */
export async function openedFacts(
  ledger: Ledger,
  member: string,
  wanted: (fact: AnyFact) => boolean,
): Promise<OpenedFact[]> {
  const opened: OpenedFact[] = [];
  for (const stored of await ledger.store.readStream(streamName('member', member), 0n)) {
    const fact = decode(stored, registry, false) as AnyFact;
    if (!wanted(fact)) continue;
    const keys = new Map<string, DataKey>();
    for (const { kid } of boxesOf(fact)) {
      const key = await ledger.vault.key(kid);
      if (typeof key !== 'string') keys.set(kid, key);
    }
    const texts = textsOf(fact, ledger.ledgerId, keys);
    const { id: event, type, metadata } = fact;
    opened.push({ event, type, recordedAt: metadata.recordedAt, texts });
  }
  return opened;
}

/** The details of a member as last stated; the number as registered or corrected last. */
export async function openedDetails(ledger: Ledger, member: string): Promise<Texts> {
  const facts = await openedFacts(ledger, member, ({ type }) => details.has(type));
  let now: Texts = {};
  for (const { type, texts } of facts) {
    const { number } = now;
    now = type === 'NumberCorrected' ? { ...now, ...texts } : { ...texts };
    if (type === 'DetailsChanged' && number !== undefined) now['number'] = number;
  }
  return now;
}

const details: ReadonlySet<string> = new Set(['Registered', 'DetailsChanged', 'NumberCorrected']);
