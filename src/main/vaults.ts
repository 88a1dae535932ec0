import { v4 } from 'uuid';
import { openSqliteVault } from '../vault/sqlite.ts';
import type { Vault } from '../vault/vault.ts';
import type { Settings } from './settings.ts';

/**
 * Opens the vault that settings name.
 *
 * @param ledgerId absent where no ledger was begun yet
 * @throws VaultRefused, VaultFileRefused; VaultUnavailable where PostgreSQL refuses, or does not answer in time
 */
export async function openVault(
  { vault, vaultFile }: Pick<Settings, 'vault' | 'vaultFile'>,
  ledgerId: string | undefined,
  wrappingKey: Uint8Array,
  now: () => string,
): Promise<Vault> {
  if (vault === undefined) {
    return openSqliteVault({ path: vaultFile, ledgerId: ledgerId ?? v4(), wrappingKey, now });
  }
  const { openPostgresVault } = await import('../vault/postgres.ts');
  return openPostgresVault({ ...vault, ledgerId, wrappingKey, now });
}
