import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One system call that was made and came back, in the order in which they came back. */
export interface SystemCall {
  name: string;
  /** What the first argument, a file descriptor, names: a path, or a socket. */
  file: string;
  /** The bytes given, one character each; of several buffers one after the other. */
  bytes: string;
}

/** Options of strace, but the file: writes and flushes of all threads, as a sibling of what it traces. */
export const straceOptions = [
  ['-D', '-f', '-qqq', '-y', '-xx', '-s', '9000'],
  ['-e', 'trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg', '-o'],
].flat();

/** Why nothing can be traced here; undefined where it can. */
export function whyNoTrace(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-qqq', '-e', 'trace=none', 'true'], {
    encoding: 'utf8',
  });
  if (error !== undefined) return 'strace is not here (apt-get install strace)';
  return status === 0 ? undefined : `strace may not trace here: ${stderr.trim()}`;
}

/**
 * The calls that a trace holds. A write counts from where it was begun, a flush from where it had ended: so no
 * order is read into the trace that was not there.
 */
export async function callsIn(trace: string): Promise<SystemCall[]> {
  let size = -1;
  for (let text = ''; text.length !== size; await sleep(200)) {
    size = text.length;
    text = existsSync(trace) ? readFileSync(trace, 'latin1') : '';
  }
  const begun = new Map<string, string>();
  const calls: SystemCall[] = [];
  for (const line of readFileSync(trace, 'latin1').split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest);
    const unfinished = rest.endsWith('<unfinished ...>');
    const flush = /^(<\.\.\. )?f(data)?sync\b/.test(rest);
    if (unfinished) begun.set(thread, rest);
    if (flush ? unfinished : resumed !== null) continue;
    calls.push(parsed(resumed === null ? rest : (begun.get(thread) ?? '')));
  }
  return calls;
}

function parsed(call: string): SystemCall {
  const [, name = '', file = ''] = /^(\w+)\(\d+<([^>]*)>/.exec(call) ?? [];
  const buffers = [...call.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) => text ?? '');
  return { name, file: decoded(file), bytes: decoded(buffers.join('')) };
}

function decoded(text: string): string {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex').toString('latin1');
}
