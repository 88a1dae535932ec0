import { expect } from 'chai';
import type { DataKey } from '../../src/events/sealing.ts';
import { type VaultRefusal, VaultRefused } from '../../src/vault/vault.ts';

/** Expects a promise to be refused by the vault with this code; gives the message. */
export async function refusal(promise: Promise<unknown>, code: VaultRefusal): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).instanceOf(VaultRefused);
  const refused = error as VaultRefused;
  expect(refused.code).to.equal(code);
  return refused.message;
}

/** The bytes of a key, both halves, so that two can be compared. */
export function bytesOfKey(key: DataKey | 'erased' | 'unknown'): string {
  if (typeof key === 'string') return key;
  return Buffer.concat([key.box.export(), key.digest.export()]).toString('hex');
}
