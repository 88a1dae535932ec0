import { capability } from './capability.ts';
import { assigning, claiming, lines, rounds, withCommands } from './commands.ts';
import { exporting } from './export.ts';
import { noServer, onKurrent } from './kurrentdb.ts';
import type { Result } from './measure.ts';
import { rebuilding } from './rebuild.ts';
import { serving } from './serving.ts';
import { standing } from './standing.ts';
import { stating } from './statement.ts';
import { verifying } from './verify.ts';

/** A subject of the bench, run in a process of its own on a ledger that is there. */
export interface Measure {
  says: string;
  /** Whether the flush is slowed to that of an ordinary disk. */
  slowFlush?: true;
  /** Whether it makes what it measures on itself, of so many members. */
  ownRows?: true;
  /** Why it cannot be run here, in words that follow its name; undefined where it can. */
  missing?(): string | undefined;
  run(folder: string, members: number): Promise<Result[]>;
}

export const measures: Record<string, Measure> = {
  'one-at-a-time': {
    says: 'durable claims, one after another, against bare inserts of the same rows',
    run: (folder) =>
      withCommands(folder, 'one-at-a-time', async (asked) =>
        lines(
          'one-at-a-time',
          'claims one at a time',
          await rounds(asked, claiming(asked), { count: 1_000, askers: 1 }),
          { ratio: 0.4 },
        ),
      ),
  },
  'slow-flush': {
    says: 'the same with a flush of 5 ms, as of an ordinary disk',
    slowFlush: true,
    run: (folder) =>
      withCommands(folder, 'slow-flush', async (asked) =>
        lines(
          'slow-flush',
          'claims one at a time, flush 5 ms',
          await rounds(asked, claiming(asked), { count: 150, askers: 1 }),
          { ratio: 0.9 },
        ),
      ),
  },
  'at-once': {
    says: 'a hundred claims at once, against bare inserts in groups of a hundred',
    run: (folder) =>
      withCommands(folder, 'at-once', async (asked) =>
        lines(
          'at-once',
          '100 claims at once',
          await rounds(asked, claiming(asked), { count: 4_000, askers: 100 }),
          { ratio: 0.3, p99: 50, loop: 10, cpu: 200 },
        ),
      ),
  },
  'without-text': {
    says: 'a hundred facts without text at once, against the same',
    run: (folder) =>
      withCommands(folder, 'without-text', async (asked) =>
        lines(
          'without-text',
          '100 facts without text at once',
          await rounds(asked, await assigning(asked), { count: 5_000, askers: 100 }),
          { ratio: 0.5, p99: 20 },
        ),
      ),
  },
  rebuild: {
    says: 'all read models from the first fact, by two workers: against JSON.parse of every fact, and by one; its memory',
    run: rebuilding,
  },
  verify: {
    says: 'the walk of verify, against SHA-256 and JSON.parse of every fact',
    run: verifying,
  },
  export: {
    says: 'all facts to Parquet, against a plain read of them',
    run: exporting,
  },
  standing: {
    says: 'the report of everybody’s standing, against a plain sum of its rows; others’ GET beside it',
    run: standing,
  },
  capability: {
    says: 'reports of capability of a large society: five years ago against today, one council against its rows',
    ownRows: true,
    run: (_folder, members) => capability(members),
  },
  http: {
    says: 'claims and statements over HTTP, against the same application with fixed answers',
    run: serving,
  },
  statement: {
    says: 'the statement of a member with 500 claims, against JSON.parse of their facts',
    run: stating,
  },
  kurrentdb: {
    says: 'commands, rebuild and the way to a report on the server that KURRENTDB_URL names, against its bare client',
    ownRows: true,
    missing: noServer,
    run: onKurrent,
  },
};
