import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';
import { endAll, start } from './server.ts';

describe('start and token', () => {
  after(endAll);

  it('begins an empty ledger, serves it, keeps it over a second start, and ends on SIGTERM', async () => {
    const home = tempDir();
    const first = await start(home, ['--name', 'Society of Tests']);
    expect(first.out()).to.match(/^Society of Tests: 1 fact in .*ledger\.db$/m);
    expect(first.out()).to.match(/npx \. token --subject admin --role admin/);
    const ready = await fetch(`${first.url}/health/ready`);
    expect(ready.status).to.equal(200);

    const token = (await ran(home, ['token', '--role', 'admin'])).trim();
    const me = await fetch(`${first.url}/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await me.json()).to.deep.include({ member: false, appointedIn: [] });
    const { code, out } = await first.end();
    expect(code).to.equal(0);
    expect(out).to.match(/everything that was accepted is written\n$/);

    const second = await start(home, ['--name', 'Another name']);
    expect(second.out()).to.match(/^Society of Tests: 2 facts/m);
    expect(second.out()).to.match(/curl -s -H 'Authorization: Bearer \S+' '\S+balances/);
    await second.end();
  });

  it('grants one first admin by setup, and names the way for everybody after', async () => {
    const home = tempDir();
    const server = await start(home);
    await server.end();
    const mine = await ran(home, ['token', '--subject', 'jane', '--role', 'admin']);
    expect(mine.split('.')).to.have.length(3);
    expect((await ran(home, ['token', '--subject', 'jane'])).split('.')).to.have.length(3);
    const second = await run(home, ['token', '--subject', 'joe', '--role', 'admin']);
    expect([second.code, second.out]).to.deep.equal([1, '']);
    expect(second.err).to.match(/this ledger has an admin: they link sign-ins over HTTP/);
    const stranger = await run(home, ['token', '--subject', 'joe']);
    expect(stranger.err).to.match(/nobody signs in as "joe": an admin links sign-ins over HTTP/);
    const foreign = { LEDGER_ISSUER: 'https://id.example', LEDGER_JWKS: 'https://id.example/keys' };
    const elsewhere = await run(home, ['token', '--subject', 'jane'], foreign);
    expect(elsewhere.err).to.match(/tokens come from https:\/\/id\.example \(LEDGER_ISSUER\)/);
  });

  it('says that nobody can sign in while the keys of the issuer cannot be had, and no more of it where they can', async () => {
    const keys = createServer((request, response) => {
      if (request.url === '/none') response.statusCode = 404;
      response.end(JSON.stringify({ keys: [] }));
    });
    await once(keys.listen(0, '127.0.0.1'), 'listening');
    const { port } = keys.address() as AddressInfo;
    const says = async (path: string): Promise<string> => {
      const issuer = `http://127.0.0.1:${port}`;
      const foreign = { LEDGER_ISSUER: issuer, LEDGER_JWKS: `${issuer}${path}` };
      const { out } = await (await start(tempDir(), [], foreign)).end();
      return out;
    };
    try {
      const silent = /Nobody can sign in now: the keys at LEDGER_JWKS cannot be had: (.*)$/m;
      expect(await says('/none'))
        .to.match(silent)
        .and.to.contain('it answers with 404');
      expect(await says('/keys')).not.to.match(silent);
    } finally {
      keys.close();
    }
  });

  it('moves the rest of a finished demo in where a stop came on the way, and takes nothing away', async () => {
    const home = tempDir();
    const making = join(home, 'making');
    // On another file system, where there is one.
    const elsewhere = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/skills-ledger-') : tempDir();
    const LEDGER_STORE = `sqlite:${join(elsewhere, 'ledger.db')}`;
    const LEDGER_EVIDENCE = join(elsewhere, 'evidence');
    const env = { LEDGER_KEY: randomBytes(32).toString('base64url') };
    const beside = {
      LEDGER_STORE: `${LEDGER_STORE}.making`,
      LEDGER_EVIDENCE: join(LEDGER_EVIDENCE, 'making'),
    };
    const made = await start(making, ['--name', 'Moving Society'], { ...env, ...beside });
    await made.end();
    const [theirs, ours] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
    writeFileSync(join(LEDGER_EVIDENCE, theirs), 'of an earlier ledger');
    writeFileSync(join(beside.LEDGER_EVIDENCE, ours), 'of the demo');
    writeFileSync(join(making, 'whole'), '');
    renameSync(join(making, 'keys.db'), join(home, 'keys.db'));
    const server = await start(home, [], { ...env, LEDGER_STORE, LEDGER_EVIDENCE });
    expect(server.out()).to.match(/^Moving Society: 1 fact/m);
    await server.end();
    expect(existsSync(making)).to.equal(false);
    expect(readdirSync(LEDGER_EVIDENCE).sort()).to.deep.equal([theirs, ours]);
    rmSync(elsewhere, { recursive: true });
  });

  it('says that its port is taken, and ends', async () => {
    const server = await start(tempDir());
    const PORT = new URL(server.url).port;
    // Before a demo of a minute is made for nobody.
    const { code, out, err } = await run(tempDir(), ['start'], { PORT });
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.match(
      /^skills-ledger: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.*: another PORT would be right/m,
    );
    // Nor an empty ledger, which the next start would find and keep.
    const home = tempDir();
    const empty = await run(home, ['start', '--empty', '--name', 'Taken'], { PORT });
    expect([empty.code, empty.err]).to.deep.equal([1, err]);
    expect(existsSync(join(home, 'ledger.db'))).to.equal(false);
    await server.end();
    const again = await start(home, ['--name', 'Named at last']);
    expect(again.out())
      .to.match(/^Named at last: 1 fact/m)
      .and.not.match(/is there already/);
    await again.end();
  });

  it('calls an empty ledger that nobody named by no society’s name', async () => {
    const server = await start(tempDir());
    expect(server.out()).to.match(/^CPD ledger: 1 fact/m);
    await server.end();
  });
});
