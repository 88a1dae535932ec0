import type { ChildProcess } from 'node:child_process';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { batchesOf } from './batches.ts';
import type { TableCell } from './define-projection.ts';
import type { Table } from './own-table.ts';
import { projectedFact, retractedIn } from './projected-facts.ts';
import type { FromProjection, ToProjection } from './projection-messages.ts';

/** The user's file is wrong, or failed; the message says where. */
export class ProjectionFailed extends Error {
  override name = 'ProjectionFailed';
}

/** A projection of somebody's own, running in a process of its own. */
export interface RunningProjection {
  /** Begins anew with all facts below an index, without those retracted by then. @returns how many it was given */
  begin(store: EventStore, until: number): Promise<number>;
  /** Goes on with facts that came after. @returns how many it was given; undefined: one retracts, begin anew */
  follow(facts: readonly StoredEvent[]): Promise<number | undefined>;
  /** The table as of the last fact given. */
  table(): Table;
  close(): void;
}

/** Loads a file in the process that was started for it. @throws ProjectionFailed where it is none */
export async function loadProjection(
  child: ChildProcess,
  file: string,
): Promise<RunningProjection> {
  const ask = asking(child);
  const loaded = await ask({ say: 'load', file });
  if (loaded.say !== 'loaded') throw new ProjectionFailed('it did not load');
  const { name, columns } = loaded;
  const types = new Set(loaded.types);
  const give = async (facts: readonly StoredEvent[]): Promise<number> => {
    const wanted = facts.filter(({ type }) => types.has(type)).map(projectedFact);
    if (wanted.length > 0) await ask({ say: 'facts', facts: wanted });
    return wanted.length;
  };
  return {
    async begin(store, until) {
      const retracted = await retractedIn(store, until);
      await ask({ say: 'begin' });
      let count = 0;
      for await (const facts of batchesOf(store, { since: 0, until })) {
        count += await give(facts.filter(({ id }) => !retracted.has(id)));
      }
      return count;
    },
    follow: async (facts) =>
      facts.some(({ type }) => type === 'FactRetracted') ? undefined : give(facts),
    table: () => ({ name, columns, rows: rowsOf(ask) }),
    close: () => void (child.connected && child.disconnect()),
  };
}

type Ask = (message: ToProjection) => Promise<FromProjection>;

async function* rowsOf(ask: Ask): AsyncGenerator<TableCell[][]> {
  for (let say: 'rows' | 'more' = 'rows'; ; say = 'more') {
    const answer = await ask({ say });
    if (answer.say !== 'rows') throw new ProjectionFailed('it gave no rows');
    yield answer.rows;
    if (answer.last) return;
  }
}

/** One question at a time, so that the process is never sent more than it can take. */
function asking(child: ChildProcess): Ask {
  let ended: string | undefined;
  child.once('exit', (code, signal) => {
    ended = `its process ended (${signal ?? code})`;
  });
  return (message) =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        child.off('message', answered);
        child.off('exit', gone);
      };
      const answered = (answer: FromProjection): void => {
        settle();
        if (answer.say === 'failed') reject(new ProjectionFailed(answer.message));
        else resolve(answer);
      };
      const gone = (): void => {
        settle();
        reject(new ProjectionFailed(ended));
      };
      if (ended !== undefined) return gone();
      child.on('message', answered);
      child.once('exit', gone);
      // A process that is ending takes no more: its exit tells.
      child.send(message, () => undefined);
    });
}
