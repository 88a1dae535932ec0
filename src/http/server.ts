import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { v4 } from 'uuid';
import { makeApp } from './app.ts';
import { makeMetrics } from './metrics.ts';
import { bodyOf, Problem } from './problem.ts';
import type { Services } from './services.ts';

/** A server that listens. */
export interface Listening {
  port: number;
  /** Takes nothing new, finishes what it accepted, then resolves; after `ms` what is left is cut off. */
  close(ms: number): Promise<void>;
}

/** Listens for HTTP. @throws when the address cannot be had */
export async function listen(
  services: Omit<Services, 'metrics'>,
  address: { port: number; host: string },
): Promise<Listening> {
  const metrics = makeMetrics(services.views, services.ledger.store);
  const ledger = { ...services.ledger, store: metrics.timed(services.ledger.store) };
  const server = createServer(makeApp({ ...services, ledger, metrics }));
  // Longer than a proxy keeps an idle connection, so that it is never the proxy that meets a closed one.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 60_000;
  server.on('clientError', answerUnread);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: (ms) => closed(server, ms) };
}

/** What Node cannot read as HTTP never comes to the application: it is a problem all the same. */
function answerUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const problem = unread[error.code ?? ''] ?? malformed;
  const body = JSON.stringify(bodyOf(problem, v4()));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const malformed = new Problem(
  400,
  'request-malformed',
  'this is no request of HTTP/1.1 (RFC 9112)',
);

const unread: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'header-too-large',
    'the headers are larger than this takes: 16 KiB in all',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(
    408,
    'request-timeout',
    'the whole request did not come in time',
  ),
};

const IDLE_LOOK_MS = 20;

function closed(server: Server, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), ms);
    // A connection that was busy when the end began would be kept for its next request.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
