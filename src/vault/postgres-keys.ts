import type { DataKey } from '../events/sealing.ts';
import { createKeyCache } from './key-cache.ts';
import { createKeyPool, type MintedKey } from './key-pool.ts';
import type { Postgres, Query } from './postgres-client.ts';
import { dataKey, type Wrapping } from './wrapping.ts';

export interface KeyOptions {
  postgres: Postgres;
  wrapping: Wrapping;
  ledgerKey: DataKey;
  now: () => string;
  /** Term of a lease in seconds: after it, a key that no fact uses may be destroyed. */
  leaseSeconds: number;
  /** Erasures by other processes are looked for at least so often, in ms. */
  lookAgainMs: number;
}

export type PostgresKeys = Awaited<ReturnType<typeof postgresKeys>>;

const LOOK_WHEN_IDLE_MS = 20_000;

/** The keys of a vault in PostgreSQL. Ages of leases go by its clock. */
export async function postgresKeys(options: KeyOptions) {
  const { postgres, wrapping, ledgerKey, now } = options;
  const { query } = postgres;
  const cache = createKeyCache();
  const pool = createKeyPool({
    wrapping,
    store: (keys) => storeBatch(query, keys),
    retireAfterMs: options.leaseSeconds * 500,
  });
  let seen = await lastErased(query);
  let lookedAt = performance.now();
  let forgotten = 0;

  const forget = (kid: string): void => {
    forgotten += 1;
    cache.drop(kid);
    pool.forget(kid);
  };
  const look = async (): Promise<void> => {
    const at = performance.now();
    const text = 'SELECT seq, kid FROM vault.erased WHERE seq > $1 ORDER BY seq';
    for (const { seq, kid } of await query<{ seq: string; kid: string }>(text, [seen])) {
      forget(kid);
      seen = Math.max(seen, Number(seq));
    }
    // Only now: while nobody tells what was erased, no key is given from memory.
    lookedAt = at;
  };
  // Nobody may ask for long: what was erased elsewhere goes from memory all the same.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_WHEN_IDLE_MS);
  timer.unref();

  return {
    async lookup(kid: string): Promise<DataKey | 'erased' | 'unknown'> {
      if (kid === ledgerKey.kid) return ledgerKey;
      if (performance.now() - lookedAt >= options.lookAgainMs) await look();
      const known = cache.get(kid);
      if (known !== undefined) return known;
      const before = forgotten;
      const text = `SELECT (SELECT wrapped FROM vault.keys WHERE kid = $1) AS wrapped,
                           EXISTS (SELECT 1 FROM vault.erased WHERE kid = $1) AS erased`;
      const [row] = await query<{ wrapped: Uint8Array | null; erased: boolean }>(text, [kid]);
      if (row === undefined || row.wrapped === null) return row?.erased ? 'erased' : 'unknown';
      const key = dataKey(kid, wrapping.unwrap(`key/${kid}`, row.wrapped));
      // An erasure that was told meanwhile may be of this key: it is not kept.
      if (before === forgotten) cache.put(key);
      return key;
    },
    async take(): Promise<DataKey> {
      const key = await pool.take();
      cache.put(key);
      return key;
    },
    giveBack: (kid: string): void => pool.giveBack(kid),
    /** Inside the caller's transaction. */
    async erase(inside: Query, kids: readonly string[], erasedBy: string): Promise<void> {
      if (kids.includes(ledgerKey.kid)) throw new Error("the ledger's own key is never erased");
      await destroy(inside, kids);
      await inside(
        `INSERT INTO vault.erased (kid, erased_by, at)
           SELECT kid, $2, $3 FROM unnest($1::text[]) AS kid
            WHERE kid NOT IN (SELECT kid FROM vault.erased WHERE kid = ANY($1))
           ON CONFLICT DO NOTHING`,
        [kids, erasedBy, now()],
      );
    },
    forget(kids: readonly string[]): void {
      for (const kid of kids) forget(kid);
    },
    async markUsed(kids: readonly string[]): Promise<string[]> {
      if (kids.length === 0) return [];
      await query(
        'UPDATE vault.keys SET used = true WHERE kid = ANY($1) AND NOT used AND wrapped IS NOT NULL',
        [kids],
      );
      const unknown = await query<{ kid: string }>(
        `SELECT kid FROM unnest($1::text[]) AS kid
          WHERE NOT EXISTS (SELECT 1 FROM vault.keys k WHERE k.kid = kid.kid AND wrapped IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM vault.erased e WHERE e.kid = kid.kid)`,
        [kids],
      );
      return unknown.map(({ kid }) => kid);
    },
    destroyUnused: (): Promise<number> => destroyUnused(query, options.leaseSeconds),
    async erasedKids(): Promise<Map<string, string>> {
      const text = 'SELECT kid, erased_by FROM vault.erased ORDER BY seq';
      const rows = await query<{ kid: string; erased_by: string }>(text);
      return new Map(rows.map((row) => [row.kid, row.erased_by]));
    },
    /** What was leased and not used is destroyed, where the server can be reached: else the term ends it. */
    async close(): Promise<void> {
      clearInterval(timer);
      const unused = pool.end();
      if (unused.length > 0) await destroy(query, unused).catch(() => undefined);
    },
  };
}

async function storeBatch(query: Query, keys: readonly MintedKey[]): Promise<void> {
  await query(
    `INSERT INTO vault.keys (kid, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[])
       ON CONFLICT DO NOTHING`,
    [keys.map(({ kid }) => kid), keys.map(({ wrapped }) => wrapped)],
  );
}

async function destroy(query: Query, kids: readonly string[]): Promise<void> {
  await query('UPDATE vault.keys SET wrapped = NULL WHERE kid = ANY($1) AND wrapped IS NOT NULL', [
    kids,
  ]);
}

/** A reservation's key has no fact yet: it waits for its registration however long that takes. */
async function destroyUnused(query: Query, leaseSeconds: number): Promise<number> {
  const [row] = await query<{ count: number }>(
    `WITH gone AS (
       UPDATE vault.keys k SET wrapped = NULL
        WHERE NOT used AND wrapped IS NOT NULL AND minted_at <= now() - make_interval(secs => $1)
          AND NOT EXISTS (SELECT 1 FROM vault.reservations r WHERE r.kid = k.kid)
       RETURNING 1)
     SELECT count(*)::int AS count FROM gone`,
    [leaseSeconds],
  );
  return row?.count ?? 0;
}

async function lastErased(query: Query): Promise<number> {
  const [row] = await query<{ seq: string }>(
    'SELECT coalesce(max(seq), 0) AS seq FROM vault.erased',
  );
  return Number(row?.seq ?? 0);
}
