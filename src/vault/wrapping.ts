import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { DataKey } from '../events/sealing.ts';

/** A data key: 32 bytes for boxes, 32 for digests (contract, 4). */
export const DATA_KEY_BYTES = 64;

export const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Length of a wrapped data key. All are equally long, so that one can be overwritten where it stands. */
export const WRAPPED_KEY_BYTES = IV_BYTES + DATA_KEY_BYTES + TAG_BYTES;

/** Wraps and unwraps under the wrapping key; `label` binds the bytes to their place in this vault. */
export interface Wrapping {
  /** @param iv random bytes of its own, where a caller has drawn them */
  wrap(label: string, plain: Uint8Array, iv?: Uint8Array): Uint8Array;
  /** @throws Error when key, label or bytes do not fit */
  unwrap(label: string, wrapped: Uint8Array): Buffer;
}

/**
 * AES-256-GCM under a wrapping key of 32 bytes: iv, ciphertext, tag; AAD = ledger id + '/' + label.
 *
 * @throws RangeError when the key has another length
 */
export function createWrapping(wrappingKey: Uint8Array, ledgerId: string): Wrapping {
  if (wrappingKey.length !== 32) {
    throw new RangeError(`a wrapping key has 32 bytes, not ${wrappingKey.length}`);
  }
  const key = createSecretKey(wrappingKey);
  const aad = (label: string): Buffer => Buffer.from(`${ledgerId}/${label}`, 'utf8');
  return {
    wrap: (label, plain, iv) => sealBytes(key, aad(label), plain, iv),
    unwrap: (label, wrapped) => openBytes(key, aad(label), wrapped),
  };
}

/** AES-256-GCM with a random iv: iv, ciphertext, tag in one. */
export function sealBytes(
  key: KeyObject,
  aad: Uint8Array,
  plain: Uint8Array,
  iv: Uint8Array = randomBytes(IV_BYTES),
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when key, AAD or bytes do not fit */
export function openBytes(key: KeyObject, aad: Uint8Array, sealed: Uint8Array): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new Error('too short to be sealed bytes');
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  opener.setAAD(aad).setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([opener.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), opener.final()]);
}

/** A data key in memory from its 64 bytes, which are overwritten: only KeyObjects stay. */
export function dataKey(kid: string, bytes: Uint8Array): DataKey {
  const box = createSecretKey(bytes.subarray(0, 32));
  const digest = createSecretKey(bytes.subarray(32, DATA_KEY_BYTES));
  bytes.fill(0);
  return { kid, box, digest };
}
