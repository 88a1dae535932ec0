import type { Database, Statement } from './driver.ts';
import type { EventToAppend } from './event-store.ts';

/** One append as it crosses to the writer. `start` is the revision that its first fact is to have. */
export interface AppendJob {
  stream: string;
  start: number;
  events: readonly EventToAppend[];
}

/** What became of a job: an error does not cross threads whole, so it travels as data. */
export type Outcome =
  | { kind: 'appended'; revision: number; position: number }
  /** `last` is the revision where the stream ends, -1 when there is none. */
  | { kind: 'wrong-revision'; last: number }
  | { kind: 'unavailable'; message: string };

/** Contract, 2: further behind the ledger's latest fact than this, a clock is wrong. Ahead: ADR 5. */
const MOST_BEHIND_MS = 2_000;

/**
 * Group commit: gives a function that stores many appends in one transaction with one flush. Each job is
 * checked against what stands in the file and in the jobs before it; one that is refused writes nothing and
 * the others go on. When the transaction fails, every job of the group is `unavailable`.
 *
 * @param mostBehindMs how far behind the ledger's latest fact a fact may say that it was recorded
 */
export function createAppender(
  database: Database,
  mostBehindMs = MOST_BEHIND_MS,
): (jobs: readonly AppendJob[]) => Outcome[] {
  const statements = prepare(database);
  return (jobs) => {
    try {
      statements.begin.run();
      const tail = { ...readTail(statements), mostBehindMs };
      const outcomes = jobs.map((job) => appendOne(statements, tail, job));
      statements.commit.run();
      return outcomes;
    } catch (error) {
      // Leaves no transaction open, so that the next group can begin.
      if (database.isTransaction) database.exec('ROLLBACK');
      const reason = error instanceof Error ? error.message : String(error);
      const message = `the ledger could not be written: ${reason}`;
      return jobs.map(() => ({ kind: 'unavailable', message }));
    }
  };
}

type Statements = ReturnType<typeof prepare>;

/** Where the ledger ends while a group is being written. */
interface Tail {
  next: number;
  clock: number;
  mostBehindMs: number;
}

function prepare(database: Database) {
  const rows = (sql: string): Statement => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    tail: rows('SELECT position, clock FROM events ORDER BY position DESC LIMIT 1'),
    stream: rows(
      `SELECT ref, coalesce((SELECT max(revision) FROM events WHERE stream = ref), -1)
       FROM streams WHERE name = ?`,
    ),
    stored: rows(
      `SELECT position, id FROM events WHERE stream = ? AND revision >= ?
       ORDER BY revision LIMIT ?`,
    ),
    addStream: database.prepare('INSERT INTO streams (name) VALUES (?)'),
    addEvent: database.prepare(
      `INSERT INTO events (position, stream, revision, clock, id, type, data, metadata)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}

function readTail(statements: Statements): Omit<Tail, 'mostBehindMs'> {
  const row = statements.tail.get() as [number, number] | undefined;
  return row === undefined ? { next: 0, clock: -Infinity } : { next: row[0] + 1, clock: row[1] };
}

function appendOne(statements: Statements, tail: Tail, job: AppendJob): Outcome {
  const found = statements.stream.get(job.stream) as [number, number] | undefined;
  const last = found?.[1] ?? -1;
  if (job.start > last + 1) return { kind: 'wrong-revision', last };
  if (job.start <= last) return repeated(statements, found?.[0] as number, job, last);
  const clocks = runningClocks(tail, job.events);
  if (typeof clocks === 'string') return { kind: 'unavailable', message: clocks };
  const ref = found?.[0] ?? Number(statements.addStream.run(job.stream).lastInsertRowid);
  for (const [ordinal, event] of job.events.entries()) {
    statements.addEvent.run(
      tail.next + ordinal,
      ref,
      job.start + ordinal,
      clocks[ordinal] as number,
      idBytes(event.id),
      event.type,
      event.data,
      event.metadata,
    );
  }
  tail.next += job.events.length;
  tail.clock = clocks.at(-1) as number;
  return { kind: 'appended', revision: job.start + job.events.length - 1, position: tail.next - 1 };
}

/** A repeat has the same ids in the same places, all of them; what it holds beside its ids is not looked at. */
function repeated(statements: Statements, ref: number, job: AppendJob, last: number): Outcome {
  const { start, events } = job;
  const stored = statements.stored.all(ref, start, events.length) as [number, Uint8Array][];
  const same =
    stored.length === events.length &&
    events.every((event, n) => idBytes(event.id).equals(stored[n]?.[1] as Uint8Array));
  if (!same) return { kind: 'wrong-revision', last };
  const position = stored.at(-1)?.[0] as number;
  return { kind: 'appended', revision: start + events.length - 1, position };
}

/** The ledger's clock after each fact, or why the facts' clock cannot be right. */
function runningClocks(tail: Tail, events: readonly EventToAppend[]): number[] | string {
  const clocks: number[] = [];
  let clock = tail.clock;
  for (const event of events) {
    const recorded = Date.parse(event.recordedAt);
    if (recorded < clock - tail.mostBehindMs) {
      return `this clock says ${event.recordedAt}, but the ledger holds facts of ${iso(clock)}: set the clock right`;
    }
    clock = Math.max(clock, recorded);
    clocks.push(clock);
  }
  return clocks;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function idBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
