import type { KeyObject } from 'node:crypto';
import type { DataKey } from '../events/sealing.ts';
import { VaultRefused } from './vault.ts';
import type { Wrapping } from './wrapping.ts';

/** What makes a vault that of one ledger. */
export interface Identity {
  ledgerKey: DataKey;
  numberKey: KeyObject;
}

/** The name under which a caller's secret is kept, apart from the vault's own. */
export function ownName(name: string): string {
  return `named/${name}`;
}

/** @throws VaultRefused `wrong-wrapping-key`: the bytes are ours, so it is the key that does not fit */
export function unwrapSecret(wrapping: Wrapping, name: string, wrapped: Uint8Array): Buffer {
  try {
    return wrapping.unwrap(`secret/${name}`, wrapped);
  } catch {
    throw new VaultRefused(
      'wrong-wrapping-key',
      'the wrapping key does not open this vault: LEDGER_KEY, or the key file, is that of another',
    );
  }
}
