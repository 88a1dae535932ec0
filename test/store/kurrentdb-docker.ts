import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const run = promisify(execFile);
const docker = async (timeout: number, ...given: string[]): Promise<string> =>
  (await run('docker', given, { timeout })).stdout.trim();

const ANSWERS_MS = 5_000;
/** An image may have to be fetched. */
const STARTS_MS = 300_000;
const READY_MS = 60_000;

/** A server that was found, or why none was. */
export type Found = { address: string; stop(): Promise<unknown> } | { missing: string };

/** Starts a node of the image that compose.yaml names, where a Docker engine answers. */
export async function kurrentInDocker(): Promise<Found> {
  const engine = await docker(ANSWERS_MS, 'version', '--format', '{{.Server.Version}}').catch(
    () => '',
  );
  if (engine === '') return { missing: 'no Docker engine answers' };
  let id: string | undefined;
  const stop = async () => id !== undefined && docker(READY_MS, 'rm', '--force', id);
  try {
    const settings = ['EVENTSTORE_INSECURE=true', 'EVENTSTORE_RUN_PROJECTIONS=None'];
    const environment = settings.flatMap((setting) => ['--env', setting]);
    const free = ['--publish', '127.0.0.1::2113'];
    id = await docker(STARTS_MS, 'run', '--detach', '--rm', ...free, ...environment, imageOf());
    const port = /:(\d+)$/m.exec(await docker(ANSWERS_MS, 'port', id, '2113/tcp'))?.[1];
    await live(`http://127.0.0.1:${port}/health/live`);
    return { address: `esdb://127.0.0.1:${port}?tls=false`, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    const [first] = (error as Error).message.split('\n').slice(-2);
    return { missing: `Docker ${engine} answers and did not bring it up (${first})` };
  }
}

function imageOf(): string {
  const { 'x-node': node } = parse(readFileSync('compose.yaml', 'utf8')) as {
    'x-node': { image: string };
  };
  const [, variable = '', image = ''] = /^\$\{(\w+):-(.+)\}$/.exec(node.image) ?? [];
  return process.env[variable] || image;
}

async function live(url: string): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const { ok = false } = await fetch(url).catch(() => ({}) as Response);
    if (ok) return;
    if (Date.now() > end) throw new Error(`${url} is not live after ${READY_MS / 1_000} s`);
    await sleep(200);
  }
}
