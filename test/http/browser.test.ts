import { execFile, spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { startServer, type TestServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

describe('/docs/ in a browser', function () {
  this.timeout(60_000);
  let server: TestServer;
  before(async () => {
    server = await startServer(tempDir());
  });
  after(() => server.close());

  it('shows every operation, though the browser reaches nothing but this server', async function () {
    if (browser === undefined) {
      console.log(
        '      no chromium and no google-chrome here: /docs/ was not looked at in a browser',
      );
      this.skip();
    }
    const drawn = await drawnBy(browser, `${server.url}/docs/`);
    const { body } = await server.nobody.get('/openapi.json');
    const shown = new Set([...drawn.matchAll(/data-path="([^"]+)"/g)].map(([, path]) => path));
    expect(shown.size).to.be.greaterThan(50);
    expect(Object.keys(body.paths)).to.have.members([...shown]);
  });
});

/** The page as it stands once its scripts have run. */
function drawnBy(name: string, url: string): Promise<string> {
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${tempDir()}`,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--virtual-time-budget=10000',
    '--dump-dom',
    url,
  ];
  const options = { maxBuffer: 64 * 1024 ** 2, timeout: 50_000 };
  return new Promise((resolve, reject) => {
    execFile(name, args, options, (error, out) => (error === null ? resolve(out) : reject(error)));
  });
}
