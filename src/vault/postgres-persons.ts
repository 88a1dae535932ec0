import { randomUUID } from 'node:crypto';
import type { NumberKey } from './number.ts';
import type { Postgres, Query } from './postgres-client.ts';
import { type NumberRow, VaultRefused } from './vault.ts';

/** A reservation as it stands: the key by its kid. */
interface Reserved {
  personId: string;
  kid: string;
}

/** Who is who: persons, sign-ins and membership numbers in PostgreSQL, the last two as keyed hashes. */
export function postgresPersons({ query, transaction }: Postgres, hashes: NumberKey) {
  return {
    personOf: (issuer: string, subject: string): Promise<string | undefined> =>
      personOfSignIn(query, hashes.ofSignIn(issuer, subject)),

    linkSignIn(issuer: string, subject: string, person: string): Promise<void> {
      const hash = hashes.ofSignIn(issuer, subject);
      return transaction(async (inside) => {
        const linked = await personOfSignIn(inside, hash);
        if (linked === person) return;
        if (linked !== undefined) {
          throw new VaultRefused('sign-in-taken', 'this sign-in is linked to another person');
        }
        await inside('INSERT INTO vault.sign_ins VALUES ($1, $2)', [hash, person]);
      });
    },

    enterPerson: (command: string): Promise<string> =>
      transaction(async (inside) => {
        const find = 'SELECT person FROM vault.persons WHERE command = $1';
        const [known] = await inside<{ person: string }>(find, [command]);
        if (known !== undefined) return known.person;
        const person = randomUUID();
        await inside('INSERT INTO vault.persons VALUES ($1, $2)', [person, command]);
        return person;
      }),

    reservation: (number: string, command: string): Promise<Reserved | undefined> =>
      reservationOf(query, hashes.ofNumber(number), command),

    /** @param kid the identity key for a person who has none yet; the answer tells which it became */
    reserve(number: string, command: string, kid: string, personId?: string): Promise<Reserved> {
      const hash = hashes.ofNumber(number);
      return transaction(async (inside) => {
        const known = await reservationOf(inside, hash, command);
        if (known !== undefined) return known;
        const row = await numberRow(inside, hash);
        if (row?.erased) {
          const message = 'this membership number was erased with its person';
          throw new VaultRefused('number-erased', message);
        }
        if (row !== undefined) {
          throw new VaultRefused('number-taken', 'this membership number is taken');
        }
        const reserved = await personWithKey(inside, command, kid, personId);
        await take(inside, hash, command, reserved);
        return reserved;
      });
    },

    release: (command: string): Promise<void> =>
      transaction(async (inside) => {
        await inside(
          `DELETE FROM vault.numbers WHERE NOT erased AND (hash, person) IN
             (SELECT number, person FROM vault.reservations WHERE command = $1)`,
          [command],
        );
        await inside('DELETE FROM vault.reservations WHERE command = $1', [command]);
        await inside('DELETE FROM vault.persons WHERE command = $1', [command]);
      }),

    async releaseNumber(former: { number: string; personId: string; present: string }) {
      const number = hashes.ofNumber(former.number);
      await query(
        'DELETE FROM vault.numbers WHERE hash = $1 AND hash <> $2 AND person = $3 AND NOT erased',
        [number, hashes.ofNumber(former.present), former.personId],
      );
    },

    remakeNumber(row: NumberRow): Promise<void> {
      const { personId, commandId, kid } = row;
      return transaction(async (inside) => {
        if (row.instead !== undefined) {
          await inside('DELETE FROM vault.numbers WHERE hash = $1 AND person = $2 AND NOT erased', [
            hashes.ofNumber(row.instead),
            personId,
          ]);
        }
        const hash = hashes.ofNumber(row.number);
        if ((await numberRow(inside, hash)) !== undefined) return;
        await take(inside, hash, commandId, { personId, kid });
        await inside('INSERT INTO vault.persons VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          personId,
          commandId,
        ]);
      });
    },

    async personByNumber(number: string): Promise<string | undefined> {
      return (await numberRow(query, hashes.ofNumber(number)))?.person ?? undefined;
    },

    async numberErased(number: string): Promise<boolean> {
      return (await numberRow(query, hashes.ofNumber(number)))?.erased ?? false;
    },

    /** Inside the caller's transaction. */
    async erase(inside: Query, person: string): Promise<void> {
      for (const table of ['sign_ins', 'details', 'reservations', 'persons']) {
        await inside(`DELETE FROM vault.${table} WHERE person = $1`, [person]);
      }
      await inside('UPDATE vault.numbers SET person = NULL, erased = true WHERE person = $1', [
        person,
      ]);
    },
  };
}

async function personOfSignIn(query: Query, hash: Uint8Array): Promise<string | undefined> {
  const text = 'SELECT person FROM vault.sign_ins WHERE hash = $1';
  return (await query<{ person: string }>(text, [hash]))[0]?.person;
}

async function numberRow(query: Query, hash: Uint8Array) {
  const text = 'SELECT person, erased FROM vault.numbers WHERE hash = $1';
  return (await query<{ person: string | null; erased: boolean }>(text, [hash]))[0];
}

/** @throws VaultRefused `command-reused`: a command names one number */
async function reservationOf(
  query: Query,
  hash: Uint8Array,
  command: string,
): Promise<Reserved | undefined> {
  const text = 'SELECT number, person, kid FROM vault.reservations WHERE command = $1';
  const [row] = await query<{ number: Uint8Array; person: string; kid: string }>(text, [command]);
  if (row === undefined) return undefined;
  if (Buffer.compare(row.number, hash) !== 0) {
    throw new VaultRefused('command-reused', 'this command reserved another membership number');
  }
  return { personId: row.person, kid: row.kid };
}

/** A person who had a number before keeps the identity key of then. */
async function personWithKey(
  query: Query,
  command: string,
  kid: string,
  personId: string | undefined,
): Promise<Reserved> {
  if (personId === undefined) {
    const person = randomUUID();
    await query('INSERT INTO vault.persons VALUES ($1, $2)', [person, command]);
    return { personId: person, kid };
  }
  const text = 'SELECT kid FROM vault.reservations WHERE person = $1 LIMIT 1';
  const [earlier] = await query<{ kid: string }>(text, [personId]);
  return { personId, kid: earlier?.kid ?? kid };
}

async function take(
  query: Query,
  hash: Uint8Array,
  command: string,
  { personId, kid }: Reserved,
): Promise<void> {
  await query('INSERT INTO vault.numbers (hash, person) VALUES ($1, $2)', [hash, personId]);
  await query('INSERT INTO vault.reservations VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    command,
    hash,
    personId,
    kid,
  ]);
}
