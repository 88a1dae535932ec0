import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeApp } from './app.ts';
import { makeMetrics } from './metrics.ts';
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
  const metrics = makeMetrics(services.views);
  const server = createServer(makeApp({ ...services, metrics }));
  // Longer than a proxy keeps an idle connection, so that it is never the proxy that meets a closed one.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: (ms) => closed(server, ms) };
}

function closed(server: Server, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), ms);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
