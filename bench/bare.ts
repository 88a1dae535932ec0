import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, defaultDriver } from '../src/store/driver.ts';
import type { StoredEvent } from '../src/store/event-store.ts';
import { openForAppending } from '../src/store/sqlite-schema.ts';
import { benchFiles } from './home.ts';
import { flushDelay } from './slow-flush.ts';

/** Rows that commands had written, written again by nothing but what must be. */
export interface Bare {
  /** Inserts the rows into a copy of the ledger with its indexes, in flushed groups (FULL). */
  insert(facts: readonly StoredEvent[], group: number): void;
  /** Writes the same bytes to the end of a file, in flushed groups. */
  log(facts: readonly StoredEvent[], group: number): void;
  close(): void;
}

export function openBare(folder: string): Bare {
  const database = openForAppending(benchFiles(folder).bareFile, defaultDriver());
  const path = join(folder, 'log');
  const file = openSync(path, 'a');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const put = database.prepare(
    `INSERT INTO events (position, stream, revision, clock, id, type, data, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const refOf = refsIn(database);
  let { next, clock } = endOf(database);
  return {
    insert(facts, group) {
      const rows = facts.map((fact) => [refOf(fact.stream), fact, bytesOf(fact.id)] as const);
      for (let at = 0; at < rows.length; at += group) {
        begin.run();
        for (const [ref, { revision, type, data, metadata }, id] of rows.slice(at, at + group)) {
          put.run(next++, ref, revision, clock++, id, type, data, metadata);
        }
        commit.run();
      }
    },
    log(facts, group) {
      for (let at = 0; at < facts.length; at += group) {
        const some = facts.slice(at, at + group);
        writeSync(file, some.map(({ id, data, metadata }) => id + data + metadata).join('\n'));
        fdatasyncSync(file);
        flushDelay();
      }
    },
    close() {
      closeSync(file);
      rmSync(path);
      database.close();
    },
  };
}

function endOf(database: Database): { next: number; clock: number } {
  const sql = 'SELECT max(position) + 1 AS next, max(clock) AS clock FROM events';
  return database.prepare(sql).get() as { next: number; clock: number };
}

function refsIn(database: Database): (stream: string) => number {
  const find = database.prepare('SELECT ref FROM streams WHERE name = ?');
  const known = new Map<string, number>();
  return (stream) => {
    const ref = known.get(stream) ?? (find.get(stream) as { ref: number }).ref;
    known.set(stream, ref);
    return ref;
  };
}

function bytesOf(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
