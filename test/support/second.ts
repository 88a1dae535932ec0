import { createHash, webcrypto } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The event contract's bytes a second time, by other means (the package `canonicalize`, WebCrypto, SHA-1 by hand)
 * and without a line of src: what the committed vectors are made with and ours is compared to.
 */
export const second = { jcs, uuid5, leaf, salt, commitment, mac, sealed, opened };

const utf8 = new TextEncoder();

function jcs(value: unknown): string {
  return (canonicalize as unknown as (value: unknown) => string)(value);
}

/** RFC 9562, 5.5. */
function uuid5(name: string, namespace: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(space).update(name, 'utf8').digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) % 16) + 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) % 64) + 0x80, 8);
  const hex = hash.toString('hex');
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, part) => hex.slice(cuts[part], end))
    .join('-');
}

/** RFC 9162, 2.1.1: a leaf has a zero byte before it. */
async function leaf(envelope: object): Promise<string> {
  return Buffer.from(await sha256(`\u0000${jcs(envelope)}`)).toString('hex');
}

async function salt(seed: string, path: string): Promise<string> {
  return base64url(await sha256(`${seed}.${path}`));
}

async function commitment(salted: string, path: string, value: string): Promise<string> {
  return base64url(await sha256(jcs([salted, path, value])));
}

async function mac(key: Uint8Array, content: unknown): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await webcrypto.subtle.importKey('raw', key, hmac, false, ['sign']);
  return base64url(await webcrypto.subtle.sign('HMAC', imported, utf8.encode(jcs(content))));
}

export interface Sealing {
  key: Uint8Array;
  iv: Uint8Array;
  seed: string;
  fields: Record<string, string>;
  /** Ledger id, stream, event id, kid. */
  aad: string[];
}

async function sealed({ key, iv, seed, fields, aad }: Sealing): Promise<object> {
  let plain = jcs({ fields, seed });
  const bytes = Buffer.byteLength(plain);
  const size = Math.max(256, 2 ** Math.ceil(Math.log2(bytes)));
  plain += ' '.repeat(size - bytes);
  const gcm = { name: 'AES-GCM', iv, additionalData: utf8.encode(jcs(aad)) };
  const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const ct = base64url(await webcrypto.subtle.encrypt(gcm, imported, utf8.encode(plain)));
  const c: Record<string, string> = {};
  for (const [path, value] of Object.entries(fields)) {
    c[path] = await commitment(await salt(seed, path), path, value);
  }
  return { v: 1, alg: 'A256GCM', kid: aad[3], iv: base64url(iv), ct, c };
}

/** The whole plaintext, padding included. Rejects where it does not open. */
async function opened(
  box: { iv: string; ct: string },
  key: Uint8Array,
  aad: string[],
): Promise<string> {
  const iv = Buffer.from(box.iv, 'base64url');
  const gcm = { name: 'AES-GCM', iv, additionalData: utf8.encode(jcs(aad)) };
  const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const plain = await webcrypto.subtle.decrypt(gcm, imported, Buffer.from(box.ct, 'base64url'));
  return Buffer.from(plain).toString('utf8');
}

async function sha256(text: string): Promise<ArrayBuffer> {
  return webcrypto.subtle.digest('SHA-256', utf8.encode(text));
}

function base64url(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString('base64url');
}
