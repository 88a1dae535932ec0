import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { singingBelow, singingIn } from '../support/canaries.ts';
import { made } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { because, type Planting, plantAll } from './planting.ts';

describe('What people type', function () {
  this.timeout(120_000);
  const home = tempDir();
  const evidence = join(home, 'evidence');
  let all: Planting;
  before(async () => {
    all = await plantAll(home);
  });
  after(() => all?.server.end('SIGTERM'));

  interface KeyRow {
    kid: Uint8Array;
    wrapped: Uint8Array;
  }
  let keysBefore: KeyRow[] = [];
  const vaultRows = (sql: string, ...given: string[]): object[] => {
    const vault = openDatabase(join(home, 'keys.db'), { readOnly: true });
    const rows = vault.prepare(sql).all(...given) as object[];
    vault.close();
    return rows.map((row) => ({ ...row }));
  };

  function expectSilence(): void {
    const { server, planted } = all;
    expect(planted.size).to.be.greaterThan(45);
    const said = [...server.said, ...server.logged].join('\n');
    expect(singingIn(Buffer.from(said), planted)).to.deep.equal([]);
    expect(singingBelow(home, planted)).to.deep.equal([]);
  }

  it('is refused where it is wrong: in addresses, headers and bodies', async () => {
    const { plant, admin, at, server } = all;
    const wrong = await Promise.all([
      admin(`/v1/members/${plant('an id in a path')}`),
      admin(`/${plant('a path')}?name=${plant('a query of no path')}`),
      admin(`/v1/queue?${plant('a name in a query')}=1&member=${plant('a query')}`),
      admin('/v1/members/search', { text: plant('a search without a reason') }),
      admin('/v1/members/search', { [plant('a name in a body')]: 1 }, because),
      admin('/v1/persons', {}, { 'Idempotency-Key': plant('a key') }),
      admin(`${at}/details`, { name: plant('a wrong body'), email: plant('no address') }),
      fetch(`${server.url}/v1/members`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${plant('a token')}`, 'User-Agent': plant('a browser') },
        body: `{"name":"${plant('a body that is no JSON')}`,
      }),
    ]);
    for (const { status } of wrong) expect(status).to.be.within(400, 499);
  });

  it('is opened for those who may see it', async () => {
    const { plant, planted, admin, own, at, member, claims, number } = all;
    await made(admin('/v1/members/search', { text: plant('a search') }, because));
    const text = planted.get('name now');
    const { items } = await made(admin('/v1/members/search', { text }, because));
    expect(items[0].person).to.equal(member);
    const { details } = await made(admin(`${at}/details`, undefined, because));
    expect(details.number).to.equal(number);
    const claim = `${at}/claims/${claims['approved']}`;
    const texts = JSON.stringify(await made(own(`${claim}/texts`)));
    expect(texts).to.contain(planted.get('reflection on a claim'));
    const shown = await made(own(claim));
    expect(shown.evidence).to.have.length(2);
    for (const { evidence: id } of shown.evidence) await made(own(`${claim}/evidence/${id}`));
  });

  it('is in no log, no metric and no file of the ledger but the vault', async () => {
    const { server, planted } = all;
    for (const path of ['/metrics', '/health/ready', '/health/live', '/openapi.json', '/']) {
      const text = await (await fetch(server.url + path)).text();
      expect(singingIn(Buffer.from(text), planted), path).to.deep.equal([]);
    }
    expect(server.logged).to.have.length.greaterThan(50);
    expect(readdirSync(evidence)).to.have.length(1);
    expectSilence();
  });

  it('cannot be opened once the person is erased: no text, no file, no name', async () => {
    const { admin, own, at, claims, planted, number } = all;
    keysBefore = vaultRows('SELECT kid, wrapped FROM keys WHERE destroyed = 0') as KeyRow[];
    await made(admin(`${at}/erasures`, { scope: 'person' }));
    const details = await admin(`${at}/details`, undefined, because);
    expect(JSON.stringify(details.body)).not.to.match(/QXCANARY/i);
    for (const id of Object.values(claims)) {
      const claim = `${at}/claims/${id}`;
      const { items } = await made(admin(`${claim}/texts`, undefined, because));
      const opened = items.flatMap(({ texts }: { texts: object }) => Object.keys(texts));
      expect(opened).to.deep.equal([]);
      for (const { evidence: file } of (await made(admin(claim))).evidence) {
        const { status } = await admin(`${claim}/evidence/${file}`, undefined, because);
        expect(status).to.equal(410);
      }
    }
    expect(readdirSync(evidence)).to.deep.equal([]);
    for (const search of [{ text: planted.get('name now') }, { number }]) {
      expect((await made(admin('/v1/members/search', search, because))).items).to.deep.equal([]);
    }
    expect((await own(at)).status).to.equal(403);
  });

  it('leaves of the number a keyed hash, of the person nothing, of no key a byte, in file or WAL', async () => {
    const { admin, member, number } = all;
    const other = { name: 'Another', email: 'a@example.org', number, grade: 'full' };
    const again = await admin('/v1/members', other);
    expect([again.status, again.body.code]).to.deep.equal([409, 'number-erased']);
    expect(vaultRows('SELECT person, erased FROM numbers')).to.deep.equal([
      { person: null, erased: 1 },
    ]);
    for (const table of ['sign_ins', 'details', 'reservations', 'persons']) {
      const rows = vaultRows(`SELECT 1 FROM ${table} WHERE person = ?`, member);
      expect(rows, table).to.deep.equal([]);
    }
    const erased = vaultRows('SELECT hex(kid) AS kid FROM erased') as { kid: string }[];
    const kids = new Set(erased.map(({ kid }) => kid));
    const gone = keysBefore.filter(({ kid }) =>
      kids.has(Buffer.from(kid).toString('hex').toUpperCase()),
    );
    // Identity, three claims, two pieces of evidence, one relief.
    expect(gone).to.have.length(7);
    const files = ['keys.db', 'keys.db-wal'].map((name) => join(home, name)).filter(existsSync);
    const left = files.filter((file) => {
      const bytes = readFileSync(file);
      return gone.some(({ wrapped }) => bytes.includes(Buffer.from(wrapped)));
    });
    expect(left).to.deep.equal([]);
  });

  it('is in no file after the server has ended, either', async () => {
    await all.server.end('SIGTERM');
    expectSilence();
  });
});

describe('A canary', () => {
  it('is heard in whatever way it is written', () => {
    const heard = (bytes: Uint8Array) => singingIn(bytes, new Map([['here', 'QXCANARY7ZV']]));
    expect(heard(Buffer.from('nothing'))).to.deep.equal([]);
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = `${before}QXCANARY7ZV and more`;
      const coded = (['base64', 'hex'] as const).map((how) => Buffer.from(text).toString(how));
      for (const written of [text, text.toLowerCase(), ...coded]) {
        expect(heard(Buffer.from(written)), written).not.to.deep.equal([]);
      }
      expect(heard(Buffer.from(text, 'utf16le'))).not.to.deep.equal([]);
    }
  });
});
