import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { type Identity, unwrapSecret } from './identity.ts';
import type { Query } from './postgres-client.ts';
import { prepareTables } from './postgres-schema.ts';
import { VaultRefused } from './vault.ts';
import { createWrapping, DATA_KEY_BYTES, dataKey, type Wrapping } from './wrapping.ts';

/**
 * Reads whose vault this is, or makes it that of a ledger where it is new. Inside a transaction.
 *
 * @param expected the ledger; absent where none was begun yet: then a vault that no ledger has used says its id
 * @throws VaultRefused `other-ledger` | `wrong-wrapping-key`; VaultUnavailable
 */
export async function identify(
  query: Query,
  schema: string,
  expected: string | undefined,
  wrappingKey: Uint8Array,
): Promise<Identity & { ledgerId: string; wrapping: Wrapping }> {
  await prepareTables(query, schema);
  const owner = await metaOf(query, 'ledger');
  const ledgerId = owner ?? expected ?? randomUUID();
  const begun = (await metaOf(query, 'checkpoint')) !== undefined;
  if (expected === undefined ? begun : expected !== ledgerId) {
    const other = expected ?? 'a new one';
    const message = `this vault belongs to the ledger ${owner}, not to ${other}`;
    throw new VaultRefused('other-ledger', message);
  }
  const wrapping = createWrapping(wrappingKey, ledgerId);
  if (owner === undefined) await initialise(query, ledgerId, wrapping);
  const kid = (await metaOf(query, 'ledger-kid')) ?? '';
  const secret = async (name: string) =>
    (await readSecret(query, name, wrapping)) ?? Buffer.alloc(0);
  return {
    ledgerId,
    wrapping,
    ledgerKey: dataKey(kid, await secret('ledger-key')),
    numberKey: createSecretKey(await secret('number-key')),
  };
}

export async function metaOf(query: Query, name: string): Promise<string | undefined> {
  const [row] = await query<{ value: string }>('SELECT value FROM vault.meta WHERE name = $1', [
    name,
  ]);
  return row?.value;
}

export async function setMeta(query: Query, name: string, value: string): Promise<void> {
  const text =
    'INSERT INTO vault.meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
  await query(text, [name, value]);
}

/** A secret by its name, or undefined. @throws VaultRefused `wrong-wrapping-key` */
export async function readSecret(
  query: Query,
  name: string,
  wrapping: Wrapping,
): Promise<Buffer | undefined> {
  const text = 'SELECT wrapped FROM vault.secrets WHERE name = $1';
  const [row] = await query<{ wrapped: Uint8Array }>(text, [name]);
  return row === undefined ? undefined : unwrapSecret(wrapping, name, row.wrapped);
}

/** Keeps a secret where there is none of this name. */
export async function keepSecret(
  query: Query,
  name: string,
  value: Uint8Array,
  wrapping: Wrapping,
): Promise<void> {
  const text = 'INSERT INTO vault.secrets VALUES ($1, $2) ON CONFLICT DO NOTHING';
  await query(text, [name, wrapping.wrap(`secret/${name}`, value)]);
}

async function initialise(query: Query, ledgerId: string, wrapping: Wrapping): Promise<void> {
  await setMeta(query, 'ledger', ledgerId);
  await setMeta(query, 'ledger-kid', randomBytes(16).toString('base64url'));
  await keepSecret(query, 'ledger-key', randomBytes(DATA_KEY_BYTES), wrapping);
  await keepSecret(query, 'number-key', randomBytes(32), wrapping);
}
