import { randomUUID } from 'node:crypto';
import type { Database } from '../store/driver.ts';
import type { NumberKey } from './number.ts';
import { bytesOf, textOf } from './sqlite-keys.ts';
import { inTransaction } from './sqlite-schema.ts';
import { type NumberRow, VaultRefused } from './vault.ts';

export type SqlitePersons = ReturnType<typeof sqlitePersons>;

/** A reservation as it stands: the key by its kid. */
export interface Reserved {
  personId: string;
  kid: string;
}

/** Who is who: persons, sign-ins and membership numbers in SQLite, the last two as keyed hashes. */
export function sqlitePersons(database: Database, hashes: NumberKey) {
  const signIn = database.prepare('SELECT person FROM sign_ins WHERE hash = ?');
  const number = database.prepare('SELECT person, erased FROM numbers WHERE hash = ?');
  const linked = linkedLately(database);

  return {
    personOf(issuer: string, subject: string): string | undefined {
      const known = linked.current();
      const name = JSON.stringify([issuer, subject]);
      const seen = known.get(name);
      if (seen !== undefined) return seen;
      const person = personIn(signIn.get(hashes.ofSignIn(issuer, subject)));
      if (person !== undefined) known.set(name, person);
      return person;
    },

    linkSignIn(issuer: string, subject: string, person: string): void {
      const hash = hashes.ofSignIn(issuer, subject);
      inTransaction(database, () => {
        const linked = personIn(signIn.get(hash));
        if (linked === person) return;
        if (linked !== undefined) {
          throw new VaultRefused('sign-in-taken', 'this sign-in is linked to another person');
        }
        database.prepare('INSERT INTO sign_ins VALUES (?, ?)').run(hash, person);
      });
    },

    enterPerson: (command: string): string =>
      inTransaction(database, () => {
        const find = database.prepare('SELECT person FROM persons WHERE command = ?');
        const known = personIn(find.get(command));
        if (known !== undefined) return known;
        const person = randomUUID();
        database.prepare('INSERT INTO persons VALUES (?, ?)').run(person, command);
        return person;
      }),

    reservation: (text: string, command: string): Reserved | undefined =>
      reservationOf(database, hashes.ofNumber(text), command),

    /** @param kid the identity key for a person who has none yet; the answer tells which it became */
    reserve(text: string, command: string, kid: string, personId?: string): Reserved {
      const hash = hashes.ofNumber(text);
      return inTransaction(database, () => {
        const known = reservationOf(database, hash, command);
        if (known !== undefined) return known;
        const row = number.get(hash) as { erased: number } | undefined;
        if (row?.erased === 1) {
          throw new VaultRefused(
            'number-erased',
            'this membership number was erased with its person',
          );
        }
        if (row !== undefined) {
          throw new VaultRefused('number-taken', 'this membership number is taken');
        }
        const reserved = personWithKey(database, command, kid, personId);
        database
          .prepare('INSERT INTO numbers (hash, person) VALUES (?, ?)')
          .run(hash, reserved.personId);
        database
          .prepare('INSERT INTO reservations VALUES (?, ?, ?, ?)')
          .run(command, hash, reserved.personId, bytesOf(reserved.kid));
        return reserved;
      });
    },

    release(command: string): void {
      inTransaction(database, () => {
        database
          .prepare(
            `DELETE FROM numbers WHERE erased = 0 AND (hash, person) IN
               (SELECT number, person FROM reservations WHERE command = ?)`,
          )
          .run(command);
        database.prepare('DELETE FROM reservations WHERE command = ?').run(command);
        database.prepare('DELETE FROM persons WHERE command = ?').run(command);
      });
    },

    releaseNumber(former: { number: string; personId: string; present: string }): void {
      database
        .prepare('DELETE FROM numbers WHERE hash = ? AND hash <> ? AND person = ? AND erased = 0')
        .run(hashes.ofNumber(former.number), hashes.ofNumber(former.present), former.personId);
    },

    remakeNumber(row: NumberRow): void {
      const { personId, commandId } = row;
      inTransaction(database, () => {
        if (row.instead !== undefined) {
          database
            .prepare('DELETE FROM numbers WHERE hash = ? AND person = ? AND erased = 0')
            .run(hashes.ofNumber(row.instead), personId);
        }
        const hash = hashes.ofNumber(row.number);
        if (number.get(hash) !== undefined) return;
        database.prepare('INSERT INTO numbers (hash, person) VALUES (?, ?)').run(hash, personId);
        database
          .prepare('INSERT INTO reservations VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
          .run(commandId, hash, personId, bytesOf(row.kid));
        database
          .prepare('INSERT INTO persons VALUES (?, ?) ON CONFLICT DO NOTHING')
          .run(personId, commandId);
      });
    },

    personByNumber: (text: string): string | undefined =>
      personIn(number.get(hashes.ofNumber(text))),

    numberErased: (text: string): boolean =>
      (number.get(hashes.ofNumber(text)) as { erased: number } | undefined)?.erased === 1,

    /** Inside the caller's transaction. */
    erase(person: string): void {
      linked.forget();
      for (const table of ['sign_ins', 'details', 'reservations', 'persons']) {
        database.prepare(`DELETE FROM ${table} WHERE person = ?`).run(person);
      }
      database.prepare('UPDATE numbers SET person = NULL, erased = 1 WHERE person = ?').run(person);
    },
  };
}

const MOST_LINKED = 10_000;

/**
 * Persons by their sign-in, which every request asks for: kept until another connection, of this process or another,
 * has written anything, or a person is erased here. What is linked stays linked till then.
 */
function linkedLately(database: Database) {
  const version = database.prepare('PRAGMA data_version');
  version.setReturnArrays(true);
  const known = new Map<string, string>();
  let seen = -1;
  return {
    current(): Map<string, string> {
      const [now] = version.get() as unknown as [number];
      if (now !== seen || known.size >= MOST_LINKED) known.clear();
      seen = now;
      return known;
    },
    forget: () => known.clear(),
  };
}

/** @throws VaultRefused `command-reused`: a command names one number */
function reservationOf(
  database: Database,
  hash: Uint8Array,
  command: string,
): Reserved | undefined {
  const row = database
    .prepare('SELECT number, person, kid FROM reservations WHERE command = ?')
    .get(command) as { number: Uint8Array; person: string; kid: Uint8Array } | undefined;
  if (row === undefined) return undefined;
  if (Buffer.compare(row.number, hash) !== 0) {
    throw new VaultRefused('command-reused', 'this command reserved another membership number');
  }
  return { personId: row.person, kid: textOf(row.kid) };
}

/** A person who had a number before keeps the identity key of then. */
function personWithKey(
  database: Database,
  command: string,
  kid: string,
  personId: string | undefined,
): Reserved {
  if (personId === undefined) {
    const person = randomUUID();
    database.prepare('INSERT INTO persons VALUES (?, ?)').run(person, command);
    return { personId: person, kid };
  }
  const earlier = database
    .prepare('SELECT kid FROM reservations WHERE person = ? LIMIT 1')
    .get(personId) as { kid: Uint8Array } | undefined;
  return { personId, kid: earlier === undefined ? kid : textOf(earlier.kid) };
}

function personIn(row: unknown): string | undefined {
  return (row as { person: string | null } | undefined)?.person ?? undefined;
}
