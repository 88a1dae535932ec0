import { createServer } from 'node:net';
import type { Settings } from './settings.ts';

/**
 * Listens for a moment: whoever makes a demo of a minute is to know before that nobody could ask for it.
 *
 * @throws Error, one line that says what would be right
 */
export async function tryAddress(settings: Settings): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unheard(settings, error)));
    server.listen(settings.port, settings.host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** Why nobody can be listened to there, and what would be right. */
export function unheard({ host, port }: Settings, { code, message }: NodeJS.ErrnoException): Error {
  const right =
    code === 'EADDRINUSE' || code === 'EACCES'
      ? 'another PORT would be right'
      : 'a HOST of this machine would be right, as 127.0.0.1, or 0.0.0.0 for all';
  return new Error(`cannot listen on ${host}:${port}: ${message}: ${right}`);
}
