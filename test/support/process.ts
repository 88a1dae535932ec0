import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The program itself, running as a process of its own. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Lines for people so far. */
  said: string[];
  /** Lines of the log so far. */
  logged: string[];
  /** Sends a signal and waits until the process is gone. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** How a process went: `signal` is the one that killed it, if one did. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const running = new Set<ChildProcess>();

// A test that failed before it had the server in its hands leaves none behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export const mainScript = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** Environment of a child: the way to programs, and what is said; nothing of who runs the tests. */
export function environment(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...env };
}

/**
 * Starts the server on a free port over the ledger in `home`, and waits until it says where it is.
 *
 * @param under a program, with its options, that runs the server (strace)
 * @throws Error with what it wrote on stderr, when it ends before
 */
export async function startProcess(
  home: string,
  { env = {}, under = [] }: { env?: Record<string, string>; under?: string[] } = {},
): Promise<ServerProcess> {
  const [program = process.execPath, ...options] = [...under, process.execPath];
  const child = spawn(program, [...options, mainScript, 'start', '--empty'], {
    env: environment({ LEDGER_HOME: home, PORT: '0', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }) as Ended);
  const said: string[] = [];
  const logged: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => logged.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const port = /http:\/\/localhost:(\d+)\/docs/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('close', () => reject(new Error(`it did not start: ${logged.join('\n')}`)));
  });
  return {
    url,
    child,
    said,
    logged,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
