import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { startLoad } from '../reliability/load.ts';
import { type Prepared, prepareSociety } from '../reliability/prepared.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { startServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

describe('a server that is asked to end', () => {
  const home = tempDir();
  let prepared: Prepared;
  let server: ServerProcess | undefined;
  before(async () => {
    prepared = await prepareSociety(home, 16);
  });
  after(() => server?.end('SIGKILL'));

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`by ${signal} answers all that it writes and writes all that it answers, then takes nothing new`, async () => {
      server = await startProcess(home);
      const load = startLoad(prepared, server.url, 32);
      await sleep(500);
      const ended = await server.end(signal);
      await load.done;
      expect(ended).to.deep.equal({ code: 0, signal: null });
      expect(server.said.at(-1)).to.contain('everything that was accepted is written');

      const heard = load.sent.filter(({ answer }) => answer?.status === 201);
      expect(heard).to.have.length.above(0);
      const sent = new Set(load.sent.map(({ commandId }) => commandId));
      const written = (await factsIn(home)).filter(({ command }) => sent.has(command));
      const ids = heard.flatMap(({ answer }) => answer?.events ?? []);
      expect(written.map(({ id }) => id)).to.have.members(ids);
      const refused = await fetch(server.url).catch((error: Error) => error.cause);
      expect(refused).to.include({ code: 'ECONNREFUSED' });
    }).timeout(30_000);
  }

  it('finishes a request of which half had come, and keeps no connection for another', async () => {
    const ending = await startProcess(home);
    server = ending;
    const { hostname, port } = new URL(ending.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    const [{ token } = { token: '' }] = prepared.members;
    const head = ['POST /v1/bulk HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`];
    head.push('Content-Type: application/json', 'Content-Length: 15');
    socket.write(`${head.join('\r\n')}\r\n\r\n{"comm`);
    // Once a later request was answered, the half of the first one is there.
    while (!ending.logged.some((line) => line.includes('health-live'))) {
      await fetch(`${ending.url}/health/live`);
    }
    const ended = ending.end('SIGTERM');
    const closed = once(socket, 'close');
    while (!(await refuses(ending.url))) await sleep(5);
    socket.write('ands":[]}');
    await closed;
    expect(answer)
      .to.match(/^HTTP\/1\.1 422 /)
      .and.to.contain('input-wrong');
    expect(await ended).to.deep.equal({ code: 0, signal: null });
  }).timeout(30_000);

  it('says that it is not ready, and closes each connection with its answer', async () => {
    let ending = false;
    const own = await startServer(tempDir(), { ending: () => ending });
    const before = await own.nobody.get('/health/ready');
    expect([before.status, before.body.ready]).to.deep.equal([200, true]);
    expect(before.body).to.include({ facts: 1 });
    ending = true;
    const ready = await own.nobody.get('/health/ready');
    expect([ready.status, ready.body.ready]).to.deep.equal([503, false]);
    expect(ready.headers.get('connection')).to.equal('close');
    expect((await own.nobody.get('/health/live')).status).to.equal(200);
    await own.close();
  });
});

async function refuses(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`).then(
    () => false,
    () => true,
  );
}

async function factsIn(home: string): Promise<{ id: string; command: string }[]> {
  const store = await openSqliteStore({ path: join(home, 'ledger.db') });
  const facts = await store.readAll(undefined, 1_000_000);
  await store.close();
  return facts.map(({ id, metadata }) => ({
    id,
    command: (JSON.parse(metadata) as { commandId: string }).commandId,
  }));
}
