import { ownName } from './identity.ts';
import { numberKey } from './number.ts';
import { connectPostgres, type Postgres } from './postgres-client.ts';
import { identify, keepSecret, metaOf, readSecret, setMeta } from './postgres-identity.ts';
import { type PostgresKeys, postgresKeys } from './postgres-keys.ts';
import { postgresPersons } from './postgres-persons.ts';
import { postgresRecords } from './postgres-records.ts';
import { type Reservation, type Vault, VaultRefused } from './vault.ts';

export interface PostgresVaultOptions {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */
  address: string;
  /** Letters and digits: the schema is `vault_` and this. */
  name: string;
  /** The ledger; absent where none was begun yet: the vault says its id, or a fresh one. */
  ledgerId: string | undefined;
  /** 32 bytes that wrap every key of the vault. */
  wrappingKey: Uint8Array;
  /** UTC with milliseconds: when an erasure reached this vault. */
  now: () => string;
  /** Term of a lease of keys, in seconds. Default a day. */
  leaseSeconds?: number;
  /** How long an erasure by another process may go unseen while keys are asked for, in ms. Default 5,000. */
  lookAgainMs?: number;
}

const DAY_SECONDS = 86_400;
const LOOK_AGAIN_MS = 5_000;

/**
 * Opens the vault of a ledger in a schema of a PostgreSQL database; a new one becomes this ledger's. Any number of
 * processes may have it open. Durable is what the server has committed. Destroyed bytes leave the server's files later
 * than this vault's answers (docs/how-to/cluster.md).
 *
 * @throws VaultRefused `other-ledger` | `wrong-wrapping-key`; VaultUnavailable within fifteen seconds
 */
export async function openPostgresVault(options: PostgresVaultOptions): Promise<Vault> {
  const schema = `vault_${options.name}`;
  const postgres = await connectPostgres(options.address, schema);
  try {
    const identity = await postgres.transaction((query) =>
      identify(query, schema, options.ledgerId, options.wrappingKey),
    );
    const { ledgerId, ledgerKey, wrapping } = identity;
    const hashes = numberKey(identity.numberKey);
    const keys = await postgresKeys({
      postgres,
      wrapping,
      ledgerKey,
      now: options.now,
      leaseSeconds: options.leaseSeconds ?? DAY_SECONDS,
      lookAgainMs: options.lookAgainMs ?? LOOK_AGAIN_MS,
    });
    return {
      ledgerId,
      ledgerKey,
      takeKey: keys.take,
      giveBack: keys.giveBack,
      key: keys.lookup,
      markUsed: keys.markUsed,
      destroyUnused: keys.destroyUnused,
      erasedKids: keys.erasedKids,
      ...personsOf(postgres, keys, postgresPersons(postgres, hashes)),
      numberUuid: hashes.ofRow,
      ...postgresRecords(postgres.query),
      checkpoint: () => checkpointOf(postgres),
      setCheckpoint: (at) => setMeta(postgres.query, 'checkpoint', `${at.index}/${at.leaf}`),
      secret: (name) => readSecret(postgres.query, ownName(name), wrapping),
      async keepSecret(name, value) {
        await keepSecret(postgres.query, ownName(name), value, wrapping);
        return (await readSecret(postgres.query, ownName(name), wrapping)) as Uint8Array;
      },
      async close() {
        await keys.close();
        await postgres.close();
      },
    };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

function personsOf(
  postgres: Postgres,
  keys: PostgresKeys,
  persons: ReturnType<typeof postgresPersons>,
) {
  const { reservation, ...rest } = persons;
  return {
    ...rest,
    async reserve(request: { number: string; commandId: string; personId?: string }) {
      const { number, commandId, personId } = request;
      const known = await reservation(number, commandId);
      if (known !== undefined) return withKey(keys, known);
      const fresh = await keys.take();
      const reserved = await persons
        .reserve(number, commandId, fresh.kid, personId)
        .catch((error: unknown) => {
          // What has no known outcome may be reserved with this key: nobody else is to have it.
          if (error instanceof VaultRefused) keys.giveBack(fresh.kid);
          throw error;
        });
      if (reserved.kid !== fresh.kid) keys.giveBack(fresh.kid);
      return withKey(keys, reserved);
    },
    async erase(request: { kids: string[]; erasedBy: string; personId?: string }) {
      const { kids, erasedBy, personId } = request;
      await postgres.transaction(async (query) => {
        await keys.erase(query, kids, erasedBy);
        if (personId !== undefined) await persons.erase(query, personId);
      });
      keys.forget(kids);
    },
  };
}

async function withKey(
  keys: PostgresKeys,
  { personId, kid }: { personId: string; kid: string },
): Promise<Reservation> {
  const key = await keys.lookup(kid);
  // Its person is there still, so it was not they who were erased, but this key alone.
  if (typeof key === 'string') {
    throw new VaultRefused('number-erased', `the identity key of this reservation is ${key}`);
  }
  return { personId, key };
}

async function checkpointOf(postgres: Postgres) {
  const [index, leaf] = (await metaOf(postgres.query, 'checkpoint'))?.split('/') ?? [];
  return index === undefined || leaf === undefined ? undefined : { index: Number(index), leaf };
}
