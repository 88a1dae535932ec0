import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a verb left behind: its exit code and what it wrote. */
export interface Done {
  code: number;
  out: string;
  err: string;
}

export const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** Runs the command line as a user would, in a process of its own, on the ledger in a folder. */
export function run(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Done> {
  const options = { env: { ...process.env, LEDGER_HOME: home, ...env }, maxBuffer: 64 * 1024 ** 2 };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, out, err });
    });
  });
}

/** What a verb wrote that must have succeeded. */
export async function ran(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { code, out, err } = await run(home, args, env);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return out;
}
