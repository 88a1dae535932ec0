import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** PostgreSQL inside this process, behind a socket on loopback. */
export interface InProcess {
  address: string;
  close(): Promise<void>;
}

/** Starts an empty one. All its clients share one session, and who is in a transaction has it alone. */
export async function startPglite(): Promise<InProcess> {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 10 });
  await server.start();
  const port = server.getServerConn().split(':').at(-1);
  return {
    address: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async close() {
      await server.stop();
      await db.close();
    },
  };
}
