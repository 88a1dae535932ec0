import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { NoAnswer } from './kurrentdb-outcome.ts';

/**
 * Lets appends to the client only while its buffer has room. It takes 16 messages; what does not fit waits in a
 * queue whose failure, when the connection breaks, is a rejection that nobody can catch: it would end the process.
 */
export interface Gate {
  /** Resolves, in order, when one more may be given to the client. @throws NoAnswer when the signal aborts */
  enter(signal: AbortSignal): Promise<void>;
}

/** Half of the buffer: what was let in before its stream began may come to it together with the next. */
const ROOM = 7;

/** Turns of the event loop before a wait. */
const TURNS = 50;

export interface Buffer {
  /** Messages that wait for the socket; undefined while there is no stream of appends. */
  length(): number | undefined;
  /** Appends that were given to the client and are not answered. */
  underWay(): number;
}

export function createGate(buffer: Buffer): Gate {
  /** Let in during this turn of the event loop: by its end they are in the buffer, or on their way. */
  let entered = 0;
  let last: Promise<void> = Promise.resolve();

  const room = async (signal: AbortSignal): Promise<void> => {
    for (let looks = 0; ; looks += 1) {
      if (signal.aborted) throw new NoAnswer('waited too long for a turn to write');
      const waiting = buffer.length() ?? buffer.underWay();
      if (entered + waiting < ROOM) break;
      // A socket that takes what it is given makes room within a turn or two; one that stalls is not worth a core.
      if (looks < TURNS) await turn();
      else await sleep(1);
    }
    if (entered === 0) {
      setImmediate(() => {
        entered = 0;
      });
    }
    entered += 1;
  };
  return {
    enter(signal) {
      const entering = last.then(() => room(signal));
      last = entering.catch(() => undefined);
      return entering;
    },
  };
}
