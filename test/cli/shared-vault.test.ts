import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { openLedger } from '../../src/main/open.ts';
import { openStore } from '../../src/main/places.ts';
import { readSettings } from '../../src/main/settings.ts';
import { copyFacts } from '../../src/store/copy.ts';
import { type Double, startDouble } from '../store/kurrentdb-double/double.ts';
import { tempDir } from '../support/temp.ts';
import { type InProcess, startPglite } from '../vault/pglite.ts';
import { ran, run } from './run.ts';
import { endAll, type Started, start } from './server.ts';

const name = (): string => `t${randomUUID().replaceAll('-', '')}`;
const LEDGER_KEY = Buffer.alloc(32, 9).toString('base64url');

describe('a vault in PostgreSQL that several processes of a ledger share', function () {
  this.timeout(120_000);
  let double: Double;
  let postgres: InProcess;
  before(async () => {
    [double, postgres] = await Promise.all([startDouble(), startPglite()]);
  });
  after(async () => {
    endAll();
    await Promise.all([double.close(), postgres.close()]);
  });
  afterEach(endAll);

  const post = async (to: Started, path: string, body: unknown, token: string, key: string) => {
    const answer = await fetch(`${to.url}/v1/${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Answer };
  };

  it('lets each machine have a home of its own: one society, one signing key, one truth for a member', async () => {
    const [home, other] = [tempDir(), tempDir()];
    const env = {
      LEDGER_STORE: double.address,
      LEDGER_VAULT: postgres.address,
      LEDGER_NAME: name(),
      LEDGER_KEY,
      LEDGER_EVIDENCE: tempDir(),
    };
    const [one, two] = await Promise.all([start(home, [], env), start(other, [], env)]);
    const admin = (await ran(home, ['token', '--role', 'admin'], env)).trim();
    const ada = { name: 'Ada Example', number: 'T-1', grade: 'member', on: '2026-01-01' };
    const { body } = await post(one, 'members', ada, admin, randomUUID());
    const { member } = body.ids;
    const book = fileURLToPath(new URL('../../../rulebooks/society.yaml', import.meta.url));
    const publishing = [
      'rulebook',
      'publish',
      book,
      '--new-scheme',
      '--by',
      'admin',
      '--from',
      '2026-01-01',
    ];
    const scheme = /^scheme (\S{36}):/m.exec(await ran(other, publishing, env))?.[1];
    const joined = { scheme, on: '2026-01-01' };
    await post(one, `members/${member}/schemes`, joined, admin, randomUUID());
    const link = { issuer: 'local', subject: 'ada' };
    await post(two, `persons/${member}/sign-ins`, link, admin, randomUUID());
    const token = (await ran(other, ['token', '--subject', 'ada'], env)).trim();

    const quantity = { amount: 60, unit: 'minute' };
    const line = { kind: 'course', from: '2026-03-10', quantity, title: 'Cloud procurement' };
    const claim = (to: Started, key: string) =>
      post(to, `members/${member}/claims`, { lines: [line] }, token, key);
    const same = randomUUID();
    const answers = await Promise.all([
      claim(one, same),
      claim(two, same),
      claim(one, randomUUID()),
      claim(two, randomUUID()),
    ]);
    // Of the one command that came twice, whoever was second says that it was there already.
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).to.deep.equal([
      200, 201, 201, 201,
    ]);
    const claims = answers.map((answer) => answer.body.ids.claim);
    expect(claims[1]).to.equal(claims[0]);
    for (const each of [one, two]) {
      const headers = { Authorization: `Bearer ${token}` };
      const history = await fetch(`${each.url}/v1/members/${member}/history`, { headers });
      const { facts } = (await history.json()) as { facts: { type: string }[] };
      const types = facts.map(({ type }) => type);
      expect(types).to.deep.equal(['Registered', 'SchemeJoined', 'Claimed', 'Claimed', 'Claimed']);
    }
    for (const each of [one, two]) expect((await each.end()).code).to.equal(0);
    expect(await ran(other, ['verify'], env)).to.match(/^\d+ facts, and every one holds/);
    const wrong = { ...env, LEDGER_KEY: Buffer.alloc(32, 8).toString('base64url') };
    expect((await run(home, ['history', 'T-1'], wrong)).err).to.match(/LEDGER_KEY/);
  });

  it('may be that of an embedded ledger, which is then backed up in two ways, and begins without a demo', async () => {
    const home = tempDir();
    const env = { LEDGER_VAULT: postgres.address, LEDGER_NAME: name() };
    const server = await start(home, [], env);
    expect(server.out()).to.match(/: 1 fact in /);
    await server.end();
    const { err } = await run(home, ['backup', tempDir()], env);
    expect(err).to.match(/^skills-ledger: the vault is in PostgreSQL: /);
  });

  it('is opened by who looked for a ledger just before another began it, as that ledger', async () => {
    const gate = await startGate(Number(new URL(postgres.address).port));
    const shared = { LEDGER_NAME: name(), LEDGER_KEY };
    const at = (address: string) =>
      readSettings({ ...shared, LEDGER_HOME: tempDir(), LEDGER_VAULT: address });
    const now = () => new Date().toISOString();
    const beginning = { name: 'A society', demo: false };
    const first = await openLedger(at(postgres.address), now, beginning);
    const late = at(gate.address);
    // It has seen no ledger, and asks for the vault.
    const second = openLedger(late, now, beginning);
    await gate.reached;
    const store = await openStore(late);
    await copyFacts(first.store, store, () => undefined);
    gate.open();
    const opened = await second;
    expect(opened.ledgerId).to.equal(first.ledgerId);
    for (const each of [store, opened, first, gate]) await each.close();
  });

  it('ends the start with one line where it cannot be had, and the line holds no password', async () => {
    const wrong = {
      'postgres://ada:canary@127.0.0.1:1/vault':
        /^skills-ledger: the vault in PostgreSQL cannot be reached: connect ECONNREFUSED 127.0.0.1:1\n$/,
      'postgres://:canary@':
        /^skills-ledger: LEDGER_VAULT is no address: postgres:\S+ would be right\n$/,
      'mysql://ada:canary@host/vault':
        /^skills-ledger: LEDGER_VAULT begins with "mysql:": .* would be right\n$/,
    };
    for (const [address, said] of Object.entries(wrong)) {
      const { code, err } = await run(tempDir(), ['start'], { LEDGER_VAULT: address });
      expect(code).to.equal(1);
      expect(err).to.match(said);
      expect(err).not.to.contain('canary');
    }
  });
});

interface Answer {
  code?: string;
  ids: { member: string; claim: string };
}

/** A way to a PostgreSQL on which nothing passes until it is opened. */
async function startGate(port: number) {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const server = createServer(async (near) => {
    await opened;
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on('error', () => undefined);
  });
  const reached = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    address: `postgres://postgres:postgres@127.0.0.1:${own}/postgres`,
    reached,
    open: () => open(),
    close: async () => {
      server.close();
    },
  };
}
