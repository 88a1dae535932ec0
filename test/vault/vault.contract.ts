import { randomUUID } from 'node:crypto';
import { afterEach, describe } from 'mocha';
import type { Vault } from '../../src/vault/vault.ts';
import { erasureContract } from './erasure.contract.ts';
import { keyContract } from './key.contract.ts';
import { personContract } from './person.contract.ts';
import { recordContract } from './record.contract.ts';

/** How an adapter is opened for the contract. The address of a vault is a text of the adapter's own. */
export interface VaultAdapter {
  /** The address of a vault that is not there yet. */
  fresh(): string;
  open(request: VaultRequest): Promise<Vault>;
}

export interface VaultRequest {
  address: string;
  ledgerId: string;
  wrappingKey: Uint8Array;
  /** Term of a lease of keys, in seconds. */
  leaseSeconds: number;
  /** How long an erasure by another process may go unseen, in ms. */
  lookAgainMs: number;
}

/** Opens a vault of one ledger: each time the same one, unless the request says another. */
export type OpenVault = (other?: Partial<VaultRequest>) => Promise<Vault>;

/** What every adapter of the vault's port promises. */
export function vaultContract(name: string, adapter: VaultAdapter): void {
  describe(`the vault in ${name}`, () => {
    const opened: Vault[] = [];
    let here: VaultRequest = aVault(adapter);
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((vault) => vault.close()));
      here = aVault(adapter);
    });
    const open: OpenVault = async (other) => {
      const vault = await adapter.open({ ...here, ...other });
      opened.push(vault);
      return vault;
    };
    keyContract(open);
    personContract(open);
    erasureContract(open);
    recordContract(open);
  });
}

function aVault(adapter: VaultAdapter): VaultRequest {
  return {
    address: adapter.fresh(),
    ledgerId: randomUUID(),
    wrappingKey: Buffer.alloc(32, 7),
    leaseSeconds: 86_400,
    lookAgainMs: 0,
  };
}
