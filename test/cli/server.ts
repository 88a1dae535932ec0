import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { main } from './run.ts';

/** `start` in a process of its own, on a free port. */
export interface Started {
  url: string;
  /** What it printed so far, for people. */
  out(): string;
  /** Sends SIGTERM and waits. @returns the exit code, and all that was printed */
  end(): Promise<{ code: number | null; out: string }>;
}

const running = new Set<ChildProcess>();

/** Ends what a test that failed has left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts the ledger of a folder with `--empty` and waits until it has said where it listens. */
export async function start(
  home: string,
  more: readonly string[] = [],
  settings: Record<string, string> = {},
): Promise<Started> {
  const env = { ...process.env, LEDGER_HOME: home, PORT: '0', ...settings };
  const child = spawn(process.execPath, [main, 'start', '--empty', ...more], { env });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  // Its last lines say how to ask, where tokens come from here.
  const last = 'LEDGER_ISSUER' in settings ? /\/docs\/ .*\n/ : /(Begin with|curl) .*\n/;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /(http:\/\/localhost:\d+)\/ /.exec(out)?.[1];
      if (found !== undefined && last.test(out)) resolve(found);
    });
    child.once('exit', () => reject(new Error(`start ended: ${err}`)));
  });
  return { url, out: () => out, end: () => ended(child, () => out) };
}

async function ended(child: ChildProcess, out: () => string) {
  child.kill('SIGTERM');
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  return { code: code as number | null, out: out() };
}
