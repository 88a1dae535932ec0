import { createHash } from 'node:crypto';

/** What identifies a fact for proofs; `data` and `metadata` are canonical texts as stored. */
export interface Envelope {
  id: string;
  stream: string;
  revision: bigint;
  type: string;
  data: string;
  metadata: string;
}

/**
 * The canonical text (RFC 8785) of a fact's envelope: all of it but the position, which is the store's own.
 * Id, stream and type are ASCII by contract, so the stored texts are set in a fixed template.
 */
export function canonicalEnvelope(fact: Envelope): string {
  return `{"data":${fact.data},"id":"${fact.id}","metadata":${fact.metadata},"revision":"${fact.revision}","stream":"${fact.stream}","type":"${fact.type}"}`;
}

/** The leaf of a fact: SHA-256(0x00 + canonical envelope), as in RFC 9162, 2.1.1. */
export function leafHash(fact: Envelope): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(canonicalEnvelope(fact)).digest();
}

const LEAF_PREFIX = Uint8Array.of(0);
