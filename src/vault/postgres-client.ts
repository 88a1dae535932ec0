import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { VaultUnavailable } from './vault.ts';

/** One statement. Tables of the vault are written `vault.name`, whatever their schema is called. */
export type Query = <Row extends object>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/**
 * Statements of one vault, each with timers of ours. What fails because the server is gone is sent again for five
 * seconds, whether it was done or not: so every statement here may be repeated.
 *
 * Every promise rejects with VaultUnavailable where the server is out of reach or refuses.
 */
export interface Postgres {
  query: Query;
  /**
   * Statements that are done together or not at all. One process at a time writes: what is looked up inside is
   * still so when it is committed, and the numbers of rows ascend as they become visible.
   */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const CONNECTIONS = 4;
const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;
/** Tries go on for so long after the first. */
const TRY_FOR_MS = 5_000;
const BETWEEN_TRIES_MS = 200;

/** Connects to PostgreSQL; `schema` (letters, digits, `_`) holds the vault. Nothing is sent yet. */
export async function connectPostgres(address: string, schema: string): Promise<Postgres> {
  const { Pool } = (await import('pg')).default;
  const pool = new Pool({
    connectionString: address,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    application_name: 'skills-ledger',
    keepAlive: true,
  });
  // An idle connection that breaks is taken out of the pool: the next statement makes another.
  pool.on('error', () => undefined);
  const begin = `BEGIN; SET LOCAL lock_timeout = ${CONNECT_MS}; SET LOCAL statement_timeout = ${CONNECT_MS};
    SET LOCAL idle_in_transaction_session_timeout = ${ANSWER_MS};
    SELECT pg_advisory_xact_lock(hashtext('skills-ledger ${schema}'))`;
  const queryOn =
    (on: Pool | PoolClient): Query =>
    async <Row extends object>(text: string, values?: readonly unknown[]) => {
      const own = text.replaceAll('vault.', `"${schema}".`);
      try {
        return (await on.query(own, values as unknown[])).rows as Row[];
      } catch (error) {
        throw told(error);
      }
    };
  return {
    query: (text, values) => again(() => queryOn(pool)(text, values)),
    transaction: (work) => again(() => transacted(pool, begin, queryOn, work)),
    async close() {
      if (!pool.ending) await pool.end();
    },
  };
}

async function transacted<T>(
  pool: Pool,
  begin: string,
  queryOn: (on: PoolClient) => Query,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw told(error);
  });
  let broken = true;
  try {
    const query = queryOn(client);
    await query(begin);
    const result = await work(query);
    await query('COMMIT');
    broken = false;
    return result;
  } catch (error) {
    if (!(error instanceof VaultUnavailable)) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
    }
    throw error;
  } finally {
    // A connection in an unknown state is not used again; the server ends its transaction with it.
    client.release(broken);
  }
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + TRY_FOR_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VaultGone) || performance.now() > until) throw error;
    }
    await wait(BETWEEN_TRIES_MS);
  }
}

/** It may be back in a moment. */
class VaultGone extends VaultUnavailable {}

/** The server ends, has no connection left, or gave way to another transaction: SQLSTATE, by its beginning. */
const passing = /^(08|53|57P|57014|55P03|40|25P03)/;
/** The login, the database or a right is not there. */
const refusing = /^(28|3D|42501)/;

/** What the client throws, as an error of the vault; what is a fault of ours stays what it is. */
function told(error: unknown): unknown {
  const { code = '', message, severity } = error as Error & { code?: string; severity?: string };
  if (severity === undefined) {
    return new VaultGone(`the vault in PostgreSQL cannot be reached: ${message || code}`);
  }
  if (passing.test(code)) return new VaultGone(`the vault in PostgreSQL cannot answer: ${message}`);
  if (refusing.test(code))
    return new VaultUnavailable(`the vault in PostgreSQL refuses: ${message}`);
  return error;
}
