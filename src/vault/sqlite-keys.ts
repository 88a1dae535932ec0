import type { DataKey } from '../events/sealing.ts';
import type { Database } from '../store/driver.ts';
import { createKeyCache } from './key-cache.ts';
import { createKeyPool, type MintedKey } from './key-pool.ts';
import { inTransaction } from './sqlite-schema.ts';
import { dataKey, WRAPPED_KEY_BYTES, type Wrapping } from './wrapping.ts';

export interface KeyOptions {
  database: Database;
  wrapping: Wrapping;
  ledgerKey: DataKey;
  now: () => string;
  /** Term of a lease in seconds: after it, a key that no fact uses may be destroyed. */
  leaseSeconds: number;
  /** Erasures by other processes are looked for at least so often, in ms. */
  lookAgainMs: number;
}

export type SqliteKeys = ReturnType<typeof sqliteKeys>;

const ZEROS = new Uint8Array(WRAPPED_KEY_BYTES);

/** The keys of a vault in SQLite. Ages of leases go by the clock of SQLite, never by a generator's. */
export function sqliteKeys(options: KeyOptions) {
  const { database, wrapping, ledgerKey, now } = options;
  const cache = createKeyCache();
  const pool = createKeyPool({
    wrapping,
    store: (keys) => storeBatch(database, keys),
    retireAfterMs: options.leaseSeconds * 500,
  });
  const find = database.prepare('SELECT wrapped, destroyed FROM keys WHERE kid = ?');
  const findErased = database.prepare('SELECT 1 FROM erased WHERE kid = ?');
  const erasedSince = database.prepare('SELECT seq, kid FROM erased WHERE seq > ? ORDER BY seq');
  const destroy = database.prepare(
    'UPDATE keys SET wrapped = ?, destroyed = 1 WHERE kid = ? AND destroyed = 0',
  );
  const noteErased = database.prepare(
    'INSERT INTO erased (kid, erased_by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const noteUsed = database.prepare(
    'UPDATE keys SET used = 1 WHERE kid = ? AND used = 0 AND destroyed = 0',
  );
  let seen = lastErased(database);
  let lookedAt = performance.now();

  const forget = (kid: string): void => {
    cache.drop(kid);
    pool.forget(kid);
  };
  const look = (): void => {
    lookedAt = performance.now();
    for (const { seq, kid } of erasedSince.all(seen) as { seq: number; kid: Uint8Array }[]) {
      forget(textOf(kid));
      seen = seq;
    }
  };
  // Nobody may ask for long: what was erased elsewhere goes from memory all the same.
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // Busy or broken: the next look, or the next question for a key, tells.
    }
  }, LOOK_WHEN_IDLE_MS);
  timer.unref();

  const lookup = (kid: string): DataKey | 'erased' | 'unknown' => {
    if (kid === ledgerKey.kid) return ledgerKey;
    if (performance.now() - lookedAt >= options.lookAgainMs) look();
    const known = cache.get(kid);
    if (known !== undefined) return known;
    const row = find.get(bytesOf(kid)) as { wrapped: Uint8Array; destroyed: number } | undefined;
    if (row === undefined || row.destroyed === 1) {
      return findErased.get(bytesOf(kid)) === undefined ? 'unknown' : 'erased';
    }
    const key = dataKey(kid, wrapping.unwrap(`key/${kid}`, row.wrapped));
    cache.put(key);
    return key;
  };

  const isUnknown = (kid: string): boolean => {
    const row = find.get(bytesOf(kid)) as { destroyed: number } | undefined;
    const there = row !== undefined && row.destroyed === 0;
    return !there && findErased.get(bytesOf(kid)) === undefined;
  };

  return {
    lookup,
    async take(): Promise<DataKey> {
      const key = await pool.take();
      cache.put(key);
      return key;
    },
    giveBack: (kid: string): void => pool.giveBack(kid),
    /** Inside the caller's transaction. */
    erase(kids: readonly string[], erasedBy: string): void {
      if (kids.includes(ledgerKey.kid)) throw new Error("the ledger's own key is never erased");
      for (const kid of kids) {
        destroy.run(ZEROS, bytesOf(kid));
        noteErased.run(bytesOf(kid), erasedBy, now());
      }
    },
    forget(kids: readonly string[]): void {
      for (const kid of kids) forget(kid);
    },
    markUsed(kids: readonly string[]): string[] {
      if (kids.length === 0) return [];
      return inTransaction(database, () =>
        kids.filter((kid) => Number(noteUsed.run(bytesOf(kid)).changes) === 0 && isUnknown(kid)),
      );
    },
    destroyUnused: (): number => destroyUnused(database, options.leaseSeconds),
    erasedKids(): Map<string, string> {
      const rows = database.prepare('SELECT kid, erased_by AS "by" FROM erased ORDER BY seq').all();
      return new Map((rows as { kid: Uint8Array; by: string }[]).map((r) => [textOf(r.kid), r.by]));
    },
    close(): void {
      clearInterval(timer);
      const unused = pool.end();
      if (unused.length === 0) return;
      inTransaction(database, () => {
        for (const kid of unused) destroy.run(ZEROS, bytesOf(kid));
      });
    },
  };
}

const LOOK_WHEN_IDLE_MS = 20_000;

function storeBatch(database: Database, keys: readonly MintedKey[]): void {
  inTransaction(database, () => {
    const { lastInsertRowid } = database
      .prepare('INSERT INTO batches (minted_at) VALUES (unixepoch())')
      .run();
    const insert = database.prepare('INSERT INTO keys (kid, batch, wrapped) VALUES (?, ?, ?)');
    for (const { kid, wrapped } of keys) insert.run(bytesOf(kid), lastInsertRowid, wrapped);
  });
}

/** A reservation's key has no fact yet: it waits for its registration however long that takes. */
function destroyUnused(database: Database, leaseSeconds: number): number {
  const { changes } = inTransaction(database, () =>
    database
      .prepare(
        `UPDATE keys SET wrapped = ?, destroyed = 1
          WHERE used = 0 AND destroyed = 0
            AND batch IN (SELECT batch FROM batches WHERE minted_at <= unixepoch() - ?)
            AND kid NOT IN (SELECT kid FROM reservations)`,
      )
      .run(ZEROS, leaseSeconds),
  );
  return Number(changes);
}

function lastErased(database: Database): number {
  const row = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM erased').get();
  return (row as { seq: number }).seq;
}

export function bytesOf(kid: string): Uint8Array {
  return Buffer.from(kid, 'base64url');
}

export function textOf(kid: Uint8Array): string {
  return Buffer.from(kid).toString('base64url');
}
