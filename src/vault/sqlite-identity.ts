import { createSecretKey, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Database, openDatabase } from '../store/driver.ts';
import { type Identity, unwrapSecret } from './identity.ts';
import { inTransaction } from './sqlite-schema.ts';
import { VaultRefused } from './vault.ts';
import { DATA_KEY_BYTES, dataKey, type Wrapping } from './wrapping.ts';

/**
 * Reads whose vault this is, or makes it that of `ledgerId` where it is new.
 *
 * @throws VaultRefused `other-ledger` | `wrong-wrapping-key`
 */
export function identify(database: Database, ledgerId: string, wrapping: Wrapping): Identity {
  inTransaction(database, () => {
    if (metaOf(database, 'ledger') === undefined) initialise(database, ledgerId, wrapping);
  });
  const owner = metaOf(database, 'ledger');
  if (owner !== ledgerId) {
    const message = `this vault belongs to the ledger ${owner}, not to ${ledgerId}`;
    throw new VaultRefused('other-ledger', message);
  }
  const kid = metaOf(database, 'ledger-kid') ?? '';
  return {
    ledgerKey: dataKey(kid, readSecret(database, 'ledger-key', wrapping) ?? Buffer.alloc(0)),
    numberKey: createSecretKey(readSecret(database, 'number-key', wrapping) ?? Buffer.alloc(0)),
  };
}

/**
 * The ledger that a vault's file belongs to, and whether that ledger has been begun (reconciled once): who was
 * stopped between making the vault and opening the ledger goes on with the same id.
 */
export function ledgerOfVault(path: string): { ledgerId: string; begun: boolean } | undefined {
  if (!existsSync(path)) return undefined;
  const database = openDatabase(path, { readOnly: true });
  try {
    const table = "SELECT 1 FROM sqlite_schema WHERE name = 'meta'";
    if (database.prepare(table).get() === undefined) return undefined;
    const ledgerId = metaOf(database, 'ledger');
    if (ledgerId === undefined) return undefined;
    return { ledgerId, begun: metaOf(database, 'checkpoint') !== undefined };
  } finally {
    database.close();
  }
}

export function metaOf(database: Database, name: string): string | undefined {
  const row = database.prepare('SELECT value FROM meta WHERE name = ?').get(name);
  return (row as { value: string } | undefined)?.value;
}

export function setMeta(database: Database, name: string, value: string): void {
  database
    .prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    .run(name, value);
}

/** A secret by its name, or undefined. @throws VaultRefused `wrong-wrapping-key` */
export function readSecret(
  database: Database,
  name: string,
  wrapping: Wrapping,
): Buffer | undefined {
  const row = database.prepare('SELECT wrapped FROM secrets WHERE name = ?').get(name);
  if (row === undefined) return undefined;
  return unwrapSecret(wrapping, name, (row as { wrapped: Uint8Array }).wrapped);
}

/** Keeps a secret where there is none of this name. */
export function keepSecret(
  database: Database,
  name: string,
  value: Uint8Array,
  wrapping: Wrapping,
): void {
  database
    .prepare('INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(name, wrapping.wrap(`secret/${name}`, value));
}

function initialise(database: Database, ledgerId: string, wrapping: Wrapping): void {
  setMeta(database, 'ledger', ledgerId);
  setMeta(database, 'ledger-kid', randomBytes(16).toString('base64url'));
  keepSecret(database, 'ledger-key', randomBytes(DATA_KEY_BYTES), wrapping);
  keepSecret(database, 'number-key', randomBytes(32), wrapping);
}
