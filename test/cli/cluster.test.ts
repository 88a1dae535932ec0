import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { type Double, startDouble } from '../store/kurrentdb-double/double.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';
import { endAll, type Started, start } from './server.ts';

describe('a ledger on a cluster', function () {
  this.timeout(60_000);
  let double: Double;
  let env: Record<string, string>;
  let home: string;
  before(async () => {
    double = await startDouble();
  });
  after(async () => {
    endAll();
    await double.close();
  });
  afterEach(endAll);
  const begin = (): void => {
    home = tempDir();
    env = { LEDGER_STORE: double.address, LEDGER_NAME: `t${randomUUID().replaceAll('-', '')}` };
  };
  const post = async (to: Started, path: string, body: unknown, token: string) => {
    const answer = await fetch(`${to.url}/v1/${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as { ids: { member: string } } };
  };
  const ada = { name: 'Ada Example', number: 'T-1', grade: 'member', on: '2026-01-01' };

  it('begins without a demo, and is served by several processes: each sees what another wrote', async () => {
    begin();
    const [first] = [await start(home, ['--name', 'Society of Tests'], env)];
    expect(first.out()).to.match(/^Reading t[0-9a-f]{32} on esdb:\/\/127\.0\.0\.1:\d+\n/);
    expect(first.out()).to.match(/^Society of Tests: 1 fact in t[0-9a-f]{32} on esdb:/m);
    const second = await start(home, [], env);
    const token = (await ran(home, ['token', '--role', 'admin'], env)).trim();
    const registered = await post(first, 'members', ada, token);
    expect(registered.status).to.equal(201);
    const { member } = registered.body.ids;
    const headers = { Authorization: `Bearer ${token}` };
    const history = await fetch(`${second.url}/v1/members/${member}/history`, { headers });
    const { facts } = (await history.json()) as { facts: { type: string }[] };
    expect(facts.map(({ type }) => type)).to.deep.equal(['Registered']);
    expect((await post(second, 'members', ada, token)).status).to.equal(409);
    const metrics = await (await fetch(`${second.url}/metrics`)).text();
    expect(metrics).to.match(/^skills_ledger_store_reconnects 0$/m);
    const writer = await (await fetch(`${first.url}/metrics`)).text();
    const guide = readFileSync(new URL('../../../docs/how-to/cluster.md', import.meta.url), 'utf8');
    const told = guide.match(/skills_ledger_\w+/g) ?? [];
    expect(told).to.include('skills_ledger_append_seconds');
    for (const metric of told) expect(writer).to.contain(`# TYPE ${metric} `);
    expect(writer).to.match(/^skills_ledger_append_seconds_count\{outcome="stored"\} 1$/m);
    for (const each of [first, second]) expect((await each.end()).code).to.equal(0);
    expect(await ran(home, ['verify'], env)).to.match(/^3 facts, and every one holds/);
    expect(await ran(home, ['history', 'T-1'], env)).to.match(/Registered +admin/);
    await ran(home, ['rebuild'], env);
  });

  it('is exported, and asked by a projection of one’s own, as an embedded one is', async () => {
    begin();
    const server = await start(home, [], env);
    const token = (await ran(home, ['token', '--role', 'admin'], env)).trim();
    const { ids } = (await post(server, 'members', ada, token)).body;
    await server.end();
    const lines = await ran(home, ['export', 'facts', '--format', 'ndjson', '--since', '1'], env);
    const rows = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ index, type }) => [index, type])).to.deep.include.members([
      [rows.length, 'Registered'],
    ]);
    const own = join(tempDir(), 'own.ts');
    const text = `import { defineProjection } from 'skills-ledger';
      export const projection = defineProjection({
        name: 'own', types: ['Registered'], columns: ['member', 'grade'], initial: () => [] as any[],
        apply: (rows, { subject, data }) => void rows.push({ member: subject, grade: data.grade }),
        rows: (rows) => rows,
      });`;
    writeFileSync(own, text);
    expect(await ran(home, ['project', own], env)).to.equal(`member,grade\n${ids.member},member\n`);
  });

  it('is said not to be there under a name that nothing was begun under', async () => {
    begin();
    for (const words of [
      ['export', 'facts', '--format', 'ndjson'],
      ['project', 'package.json'],
    ]) {
      const { code, out, err } = await run(home, words, env);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.match(
        /^skills-ledger: no ledger at t[0-9a-f]{32} on esdb:\S+: set LEDGER_NAME, or begin one with start\n$/,
      );
    }
  });

  it('is named by verify where a stream of it was deleted by other hands', async () => {
    begin();
    const server = await start(home, [], env);
    const token = (await ran(home, ['token', '--role', 'admin'], env)).trim();
    const { ids } = (await post(server, 'members', ada, token)).body;
    await server.end();
    double.log.tombstone(`${env['LEDGER_NAME']}.member-${ids.member}`);
    const { code, out, err } = await run(home, ['verify'], env);
    expect(code).to.equal(1);
    expect(out + err).to.match(new RegExp(`member-${ids.member} was deleted for good`));
  });

  it('is not ready while the store is gone, waits for it, and goes on', async () => {
    begin();
    const server = await start(home, [], env);
    const token = (await ran(home, ['token', '--role', 'admin'], env)).trim();
    const ready = async () => (await fetch(`${server.url}/health/ready`)).status;
    expect(await ready()).to.equal(200);
    await double.cable.shut();
    while ((await ready()) === 200) await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = post(server, 'members', ada, token);
    await double.cable.open();
    expect((await waiting).status).to.equal(201);
    while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
    await server.end();
  });

  it('is begun by start alone, and backed up by other means', async () => {
    begin();
    const none = await run(home, ['history', 'T-1'], env);
    expect(none.err).to.match(
      /^skills-ledger: no ledger at t\w+ on esdb:\S+: begin one with start\n$/,
    );
    const { err } = await run(home, ['backup', tempDir()], env);
    expect(err).to.match(/a cluster is backed up by its own means/);
  });
});
