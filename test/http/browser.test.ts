import { execFile, spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { startServer, type TestServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

describe('/docs/ in a browser', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await startServer(tempDir());
  });
  after(() => server.close());

  it('shows every operation under its heading, though the browser reaches nothing but this server', async function () {
    if (browser === undefined) {
      console.log(
        '      no chromium and no google-chrome here: /docs/ was not looked at in a browser',
      );
      this.skip();
    }
    const { body } = await server.nobody.get('/openapi.json');
    const all = Object.entries<Record<string, { tags?: string[] }>>(body.paths);
    for (const { name } of body.tags as { name: string }[]) {
      const drawn = await drawnBy(browser, `${server.url}/docs/#/${name}`);
      const shown = [...drawn.matchAll(/data-path="([^"]+)"/g)].map(([, path]) => path);
      const meant = all.flatMap(([path, methods]) =>
        Object.values(methods).flatMap(({ tags }) => (tags?.[0] === name ? [path] : [])),
      );
      expect(shown, name).to.have.members(meant).and.not.to.be.empty;
    }
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
