import { createRequire } from 'node:module';
import { type Database, defaultDriver, type Statement } from '../src/store/driver.ts';

/**
 * Preloaded into every thread of a process (`node --import`), this makes each COMMIT of SQLite take 5 ms longer:
 * an ordinary disk, where this machine's may flush in a tenth of a millisecond.
 */
const SLOW = process.execArgv.some((argument) => argument.endsWith('slow-flush.js'));
const FLUSH_MS = 5;

const pause = new Int32Array(new SharedArrayBuffer(4));

/** What a flush takes longer in this process. */
export function flushDelay(): void {
  if (SLOW) Atomics.wait(pause, 0, 0, FLUSH_MS);
}

interface Sqlite {
  DatabaseSync: new (...given: unknown[]) => Database;
}

if (SLOW) {
  if (defaultDriver() === 'package') slowPackage();
  else slowBuiltIn();
}

/** The drivers' own objects cannot be changed: whoever loads one gets a class made from its class. */
function slowPackage(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@photostructure/sqlite');
  const sqlite = require(path) as Sqlite;
  Object.assign(require.cache[path] as object, { exports: { DatabaseSync: slowed(sqlite) } });
}

function slowBuiltIn(): void {
  const { getBuiltinModule } = process;
  const sqlite = { DatabaseSync: slowed(getBuiltinModule('node:sqlite') as unknown as Sqlite) };
  const get = (name: string) => (name === 'node:sqlite' ? sqlite : getBuiltinModule(name));
  Object.assign(process, { getBuiltinModule: get });
}

function slowed({ DatabaseSync }: Sqlite): Sqlite['DatabaseSync'] {
  return class extends DatabaseSync {
    override prepare(sql: string): Statement {
      const statement = super.prepare(sql);
      if (sql !== 'COMMIT') return statement;
      const run: Statement['run'] = (...params) => {
        const done = Object.getPrototypeOf(statement).run.apply(statement, params);
        flushDelay();
        return done;
      };
      return Object.defineProperty(statement, 'run', { value: run });
    }

    override exec(sql: string): void {
      super.exec(sql);
      if (sql === 'COMMIT') flushDelay();
    }
  };
}
