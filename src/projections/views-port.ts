import type { MessagePort, Worker } from 'node:worker_threads';
import type { OpenViews } from './open-views.ts';
import { BadCursor, NoSuchCycle, type Views } from './views.ts';

/** A question as it crosses threads: a method of `Views` and what it is asked, or the wish to end. */
interface Question {
  ticket: number;
  method: keyof OpenViews;
  asked: unknown[];
}

type Answer =
  | { ticket: number; kind: 'answer'; value: unknown }
  | { ticket: number; kind: 'progress'; value: unknown }
  | { ticket: number; kind: 'error'; name: string; message: string };

/** Methods that say how far they have come, through what they are given last. */
const told: ReadonlySet<keyof OpenViews> = new Set(['rebuild', 'preview']);

/** Answers from `views` what is asked through the port. `closed` is called when the other side ends it. */
export function serveViews(port: MessagePort, views: OpenViews, closed: () => void): void {
  const say = (answer: Answer): void => port.postMessage(answer);
  port.on('message', async ({ ticket, method, asked }: Question) => {
    const tell = (value: unknown): void => say({ ticket, kind: 'progress', value });
    const given = told.has(method) ? [...asked, tell] : asked;
    try {
      const ask = views[method] as (...given: unknown[]) => Promise<unknown>;
      say({ ticket, kind: 'answer', value: await ask(...given) });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      say({ ticket, kind: 'error', name, message });
    }
    if (method === 'close') closed();
  });
}

/** The read models of another thread, seen from here; `fail` ends what is asked and all that will be. */
export interface ViewsOverPort {
  views: OpenViews;
  fail(reason: string): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: never) => void) | undefined;
}

export function viewsOver(port: Worker): ViewsOverPort {
  const waiting = new Map<number, Waiting>();
  let tickets = 0;
  let failed: string | undefined;

  port.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.ticket);
    switch (answer.kind) {
      case 'progress':
        return asker?.onProgress?.(answer.value as never);
      case 'answer':
        asker?.resolve(answer.value);
        break;
      case 'error':
        asker?.reject(errorOf(answer));
    }
    waiting.delete(answer.ticket);
  });

  function ask<M extends keyof OpenViews>(
    method: M,
    asked: unknown[],
    onProgress?: (progress: never) => void,
  ): ReturnType<OpenViews[M]> {
    const answered = new Promise((resolve, reject) => {
      if (failed !== undefined) return reject(new Error(failed));
      const ticket = tickets++;
      waiting.set(ticket, { resolve, reject, onProgress });
      port.postMessage({ ticket, method, asked } satisfies Question);
    });
    return answered as ReturnType<OpenViews[M]>;
  }
  const question =
    <M extends Exclude<keyof Views, 'rebuild' | 'preview'> | 'close'>(method: M) =>
    (...asked: Parameters<OpenViews[M]>) =>
      ask(method, asked);
  return {
    views: {
      balances: question('balances'),
      queue: question('queue'),
      decisions: question('decisions'),
      registered: question('registered'),
      schemes: question('schemes'),
      standing: question('standing'),
      standingSums: question('standingSums'),
      outcomes: question('outcomes'),
      evidenceDue: question('evidenceDue'),
      capability: question('capability'),
      capabilityCell: question('capabilityCell'),
      coverageCell: question('coverageCell'),
      coverage: question('coverage'),
      support: question('support'),
      published: question('published'),
      publishedPlaces: question('publishedPlaces'),
      closedUnder: question('closedUnder'),
      preview: (request, onProgress) => ask('preview', [request], onProgress),
      waitFor: question('waitFor'),
      progress: question('progress'),
      rebuild: (onProgress) => ask('rebuild', [], onProgress),
      close: question('close'),
    },
    fail(reason) {
      failed ??= reason;
      for (const { reject } of waiting.values()) reject(new Error(failed));
      waiting.clear();
    },
  };
}

function errorOf({ name, message }: { name: string; message: string }): Error {
  if (name === 'BadCursor') return new BadCursor(message);
  if (name === 'NoSuchCycle') return new NoSuchCycle(message);
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}
