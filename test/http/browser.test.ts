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

  it('shows all headings, and each operation of the longest and the shortest, though the browser reaches nothing but this server', async function () {
    if (browser === undefined) {
      console.log(
        '      no chromium and no google-chrome here: /docs/ was not looked at in a browser',
      );
      this.skip();
    }
    const { body } = await server.nobody.get('/openapi.json');
    const all = Object.entries<Record<string, { tags?: string[] }>>(body.paths);
    const under = (heading: string) =>
      all.flatMap(([path, methods]) =>
        Object.values(methods).flatMap(({ tags }) => (tags?.[0] === heading ? [path] : [])),
      );
    const headings = (body.tags as { name: string }[]).map(({ name }) => name);
    // A browser for each takes seconds; what would not be drawn is the longest first.
    const byLength = [...headings].sort((a, b) => under(b).length - under(a).length);
    for (const heading of [...byLength.slice(0, 2), ...byLength.slice(-1)]) {
      const drawn = await drawnBy(browser, `${server.url}/docs/#/${heading}`);
      const of = (attribute: string) =>
        [...drawn.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))].map(([, value]) => value);
      expect(of('data-tag')).to.have.members(headings);
      expect(of('data-path'), heading).to.have.members(under(heading)).and.not.to.be.empty;
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
