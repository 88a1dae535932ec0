import type { Query } from './postgres-client.ts';
import { VaultUnavailable } from './vault.ts';

const SCHEMA_VERSION = 1;

/**
 * The rows of `sqlite-schema.ts`, with one difference: a key that is destroyed has no bytes. To overwrite them in
 * their place would promise nothing here, since PostgreSQL writes a row anew for each change
 * (docs/adr/0021-vault-elsewhere.md).
 */
const TABLES = `
  CREATE TABLE vault.meta (name text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE vault.secrets (name text PRIMARY KEY, wrapped bytea NOT NULL);
  CREATE TABLE vault.keys (
    kid text PRIMARY KEY,
    wrapped bytea,
    used boolean NOT NULL DEFAULT false,
    minted_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX keys_unused ON vault.keys (minted_at) WHERE NOT used AND wrapped IS NOT NULL;
  CREATE TABLE vault.erased (
    seq bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    kid text NOT NULL UNIQUE,
    erased_by text NOT NULL,
    at text NOT NULL
  );
  CREATE TABLE vault.persons (person text PRIMARY KEY, command text NOT NULL UNIQUE);
  CREATE TABLE vault.sign_ins (hash bytea PRIMARY KEY, person text NOT NULL);
  CREATE INDEX sign_ins_of_person ON vault.sign_ins (person);
  CREATE TABLE vault.reservations (
    command text PRIMARY KEY,
    number bytea NOT NULL,
    person text NOT NULL,
    kid text NOT NULL
  );
  CREATE INDEX reservations_of_person ON vault.reservations (person);
  CREATE INDEX reservations_of_kid ON vault.reservations (kid);
  CREATE TABLE vault.numbers (
    hash bytea PRIMARY KEY,
    person text,
    erased boolean NOT NULL DEFAULT false
  );
  CREATE INDEX numbers_of_person ON vault.numbers (person);
  CREATE TABLE vault.details (
    person text PRIMARY KEY,
    stream text NOT NULL,
    event text NOT NULL,
    box text NOT NULL
  );
  CREATE TABLE vault.access_log (
    seq bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    entry uuid NOT NULL UNIQUE,
    at text NOT NULL,
    actor text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL,
    operation text NOT NULL
  );
  CREATE INDEX access_of_subject ON vault.access_log (subject, seq);
  INSERT INTO vault.meta VALUES ('schema', '${SCHEMA_VERSION}');
`;

/**
 * Makes the vault's tables where they are missing. Inside a transaction, so that of several processes one makes them.
 *
 * @throws VaultUnavailable where a later release made them, or where the server may lose what it has committed
 */
export async function prepareTables(query: Query, schema: string): Promise<void> {
  const [server] = await query<{ commits: string }>(
    "SELECT current_setting('synchronous_commit') AS commits",
  );
  if (server?.commits === 'off') {
    throw new VaultUnavailable(
      'PostgreSQL has synchronous_commit = off, and may lose keys that facts use: on would be right',
    );
  }
  if (await isThere(query, 'SELECT 1 FROM pg_namespace WHERE nspname = $1', schema)) {
    if (await isThere(query, 'SELECT 1 WHERE to_regclass($1) IS NOT NULL', `"${schema}".meta`)) {
      return checkVersion(query);
    }
  } else {
    // Asked before, since the right to make one is not needed where it is there.
    await query(`CREATE SCHEMA "${schema}"`);
  }
  await query(TABLES);
}

async function checkVersion(query: Query): Promise<void> {
  const [row] = await query<{ value: string }>(
    "SELECT value FROM vault.meta WHERE name = 'schema'",
  );
  const version = Number(row?.value);
  if (version === SCHEMA_VERSION) return;
  throw new VaultUnavailable(
    `the vault in PostgreSQL has schema ${version}, this release knows ${SCHEMA_VERSION}: use a later release`,
  );
}

async function isThere(query: Query, text: string, name: string): Promise<boolean> {
  return (await query(text, [name])).length > 0;
}
