import { v4 } from 'uuid';
import { listen } from '../../src/http/server.ts';
import type { LogLine, Services } from '../../src/http/services.ts';
import { verifyingTokens } from '../../src/http/sign-in.ts';
import { openLocalIssuer } from '../../src/main/local-issuer.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { startViews } from '../../src/main/views.ts';

/** An answer, its body parsed where it is JSON. */
export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails on anything else
  body: any;
  headers: Headers;
}

/** Somebody with a token, or nobody. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  /** With a fresh Idempotency-Key, unless one is given. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  send(path: string, init: RequestInit): Promise<Answered>;
}

export interface TestServer {
  url: string;
  ledger: OpenLedger;
  services: Omit<Services, 'metrics'>;
  logged: LogLine[];
  /** A token of this subject. */
  token(subject: string): Promise<string>;
  /** A client with a token of this subject. */
  as(subject: string): Promise<Client>;
  nobody: Client;
  close(): Promise<void>;
}

/** A real server on a free port over a real ledger in a folder. */
export async function startServer(
  home: string,
  { rates, ending = () => false }: Partial<Pick<Services, 'rates' | 'ending'>> = {},
): Promise<TestServer> {
  const now = (): string => new Date().toISOString();
  const settings = readSettings({ LEDGER_HOME: home });
  const ledger = await openLedger(settings, now, { name: 'Test Society', demo: false });
  const views = startViews(settings);
  const issuer = await openLocalIssuer(ledger.vault, 'skills-ledger', now);
  const logged: LogLine[] = [];
  const services = {
    ledger,
    views,
    directory: ledger.directory,
    evidence: ledger.evidence,
    verify: verifyingTokens({ ...issuer, keys: issuer.publicKey }, now),
    rates: rates ?? { read: 1e9, write: 1e9, heavy: 1e9 },
    log: (line: LogLine) => void logged.push(line),
    ending,
  };
  const server = await listen(services, { port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    ledger,
    services,
    logged,
    nobody: clientOf(url),
    token: (subject) => issuer.mint(subject),
    as: async (subject) => clientOf(url, await issuer.mint(subject)),
    async close() {
      await server.close(1_000);
      await views.close();
      await ledger.close();
    },
  };
}

/** A client of the server at `url`, with a token or without. */
export function clientOf(url: string, token?: string): Client {
  const signIn: Record<string, string> =
    token === undefined ? {} : { Authorization: `Bearer ${token}` };
  async function send(path: string, init: RequestInit): Promise<Answered> {
    const headers = { ...signIn, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: json && text !== '' ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }
  return {
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': v4(), ...headers },
      }),
  };
}
