import { setTimeout as wait } from 'node:timers/promises';
import { type Database, pragma } from '../store/driver.ts';
import { ownName } from './identity.ts';
import { numberKey } from './number.ts';
import { identify, keepSecret, metaOf, readSecret, setMeta } from './sqlite-identity.ts';
import { sqliteKeys } from './sqlite-keys.ts';
import { sqlitePersons } from './sqlite-persons.ts';
import { sqliteRecords } from './sqlite-records.ts';
import { inTransaction, openVaultFile } from './sqlite-schema.ts';
import { type Vault, VaultRefused } from './vault.ts';
import { createWrapping } from './wrapping.ts';

export interface SqliteVaultOptions {
  /** The vault's own file, made when absent. */
  path: string;
  ledgerId: string;
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

/** A reader holds the WAL for as long as one statement: 2 s are long for that. */
const TRUNCATE_TRIES = 40;
const TRUNCATE_WAIT_MS = 50;

/**
 * Opens the vault of a ledger in a SQLite file; a new file becomes this ledger's. Several processes may have it
 * open. Every promise of the port that says "durable" is kept by a flush before it resolves.
 *
 * @throws VaultRefused `other-ledger` | `wrong-wrapping-key`; VaultFileRefused when the file is something else
 */
export async function openSqliteVault(options: SqliteVaultOptions): Promise<Vault> {
  const { path, ledgerId, wrappingKey, now } = options;
  const wrapping = createWrapping(wrappingKey, ledgerId);
  const database = openVaultFile(path);
  try {
    const identity = identify(database, ledgerId, wrapping);
    // An erasure that was stopped before its end leaves its WAL to whoever opens next.
    truncated(database);
    const { ledgerKey } = identity;
    const hashes = numberKey(identity.numberKey);
    const leaseSeconds = options.leaseSeconds ?? DAY_SECONDS;
    const lookAgainMs = options.lookAgainMs ?? LOOK_AGAIN_MS;
    const keys = sqliteKeys({ database, wrapping, ledgerKey, now, leaseSeconds, lookAgainMs });
    const persons = sqlitePersons(database, hashes);
    const records = sqliteRecords(database);
    return {
      ledgerId,
      ledgerKey,
      takeKey: keys.take,
      giveBack: keys.giveBack,
      key: async (kid) => keys.lookup(kid),
      markUsed: async (kids) => keys.markUsed(kids),
      destroyUnused: async () => keys.destroyUnused(),
      personOf: async (issuer, subject) => persons.personOf(issuer, subject),
      linkSignIn: async (issuer, subject, person) => persons.linkSignIn(issuer, subject, person),
      enterPerson: async (commandId) => persons.enterPerson(commandId),
      reserve: (request) => reserve(keys, persons, request),
      release: async (commandId) => persons.release(commandId),
      releaseNumber: async (former) => persons.releaseNumber(former),
      remakeNumber: async (row) => persons.remakeNumber(row),
      personByNumber: async (number) => persons.personByNumber(number),
      numberErased: async (number) => persons.numberErased(number),
      numberUuid: hashes.ofRow,
      async erase({ kids, erasedBy, personId }) {
        inTransaction(database, () => {
          keys.erase(kids, erasedBy);
          if (personId !== undefined) persons.erase(personId);
        });
        keys.forget(kids);
        await truncate(database);
      },
      erasedKids: async () => keys.erasedKids(),
      setDetails: async (details) => records.setDetails(details),
      allDetails: async () => records.allDetails(),
      checkpoint: async () => checkpointOf(database),
      setCheckpoint: async (at) => setMeta(database, 'checkpoint', `${at.index}/${at.leaf}`),
      logAccess: async (entries) => records.logAccess(entries),
      accessLog: async (person, limit) => records.accessLog(person, limit),
      secret: async (name) => readSecret(database, ownName(name), wrapping),
      async keepSecret(name, value) {
        keepSecret(database, ownName(name), value, wrapping);
        return readSecret(database, ownName(name), wrapping) as Uint8Array;
      },
      async close() {
        if (!database.isOpen) return;
        keys.close();
        truncated(database);
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function reserve(
  keys: ReturnType<typeof sqliteKeys>,
  persons: ReturnType<typeof sqlitePersons>,
  request: { number: string; commandId: string; personId?: string },
) {
  const { number, commandId, personId } = request;
  const known = persons.reservation(number, commandId);
  if (known !== undefined) return { personId: known.personId, key: keyOf(keys, known.kid) };
  const fresh = await keys.take();
  let taken: string | undefined;
  try {
    const reserved = persons.reserve(number, commandId, fresh.kid, personId);
    taken = reserved.kid;
    return { personId: reserved.personId, key: keyOf(keys, reserved.kid) };
  } finally {
    if (taken !== fresh.kid) keys.giveBack(fresh.kid);
  }
}

function keyOf(keys: ReturnType<typeof sqliteKeys>, kid: string) {
  const key = keys.lookup(kid);
  // Its person is there still, so it was not they who were erased, but this key alone.
  if (typeof key === 'string') {
    throw new VaultRefused('number-erased', `the identity key of this reservation is ${key}`);
  }
  return key;
}

function checkpointOf(database: Database): { index: number; leaf: string } | undefined {
  const [index, leaf] = metaOf(database, 'checkpoint')?.split('/') ?? [];
  return index === undefined || leaf === undefined ? undefined : { index: Number(index), leaf };
}

/** Moves the WAL into the file and empties it, as far as no reader stands in the way. Waits for none. */
function truncated(database: Database): boolean {
  const patience = pragma(database, 'busy_timeout');
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return pragma(database, 'wal_checkpoint(TRUNCATE)') === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${Number(patience)}`);
  }
}

async function truncate(database: Database): Promise<void> {
  for (let attempt = 1; !truncated(database); attempt++) {
    if (attempt === TRUNCATE_TRIES) {
      throw new VaultRefused(
        'erasure-unfinished',
        'the keys are destroyed, but another process still reads the old WAL of the vault: try again',
      );
    }
    await wait(TRUNCATE_WAIT_MS);
  }
}
