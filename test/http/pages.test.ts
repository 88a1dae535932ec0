import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { startServer, type TestServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

describe('pages for people', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(tempDir());
  });
  after(() => server.close());

  const text = async (path: string): Promise<string> => {
    const { status, body } = await server.nobody.get(path);
    expect(status, path).to.equal(200);
    return typeof body === 'string' ? body : JSON.stringify(body);
  };
  /** Addresses that a browser would load or go to. */
  const addressesIn = (html: string): string[] =>
    [...html.matchAll(/(?:src|href|action)="([^"]*)"|url\(['"]?([^)'"]+)/g)].map(
      ([, attribute, style]) => attribute ?? style ?? '',
    );

  it('say at / what this is and where to go, and each way leads somewhere', async () => {
    const html = await text('/');
    expect(html).to.contain('Test Society').and.contain('<html lang="en">');
    const ways = addressesIn(html);
    expect(ways).to.include.members(['/docs/', '/openapi.json', '/health/ready']);
    for (const way of ways) await text(way);
  });

  it('show at /docs/ what can be asked, and load nothing from anywhere else', async () => {
    const html = await text('/docs/');
    const loaded = addressesIn(html);
    expect(loaded).to.have.length.above(2);
    for (const address of loaded) {
      expect(address).to.match(/^[\w.-]+\.(css|js)$/);
      const file = await text(`/docs/${address}`);
      if (!address.endsWith('.css')) continue;
      for (const inner of addressesIn(file)) expect(inner).to.match(/^(data:|#)/);
    }
    const starts = await text('/docs/initializer.js');
    expect(starts).to.contain("url: '/openapi.json'").and.contain('validatorUrl: null');
    expect(starts).not.to.match(/https?:\/\//);
    const plain = await server.nobody.get('/docs');
    expect([plain.status, plain.headers.get('location')]).to.deep.equal([308, '/docs/']);
  });

  it('are no place for what somebody called the society', async () => {
    const named = await startServer(tempDir());
    named.services.ledger.name = '<script>alert("1")</script>';
    const html = (await named.nobody.get('/')).body as string;
    expect(html).not.to.contain('<script>');
    await named.close();
  });
});

describe('metrics', () => {
  it('are what Prometheus reads: a name, labels and a number, counted by operation and status', async () => {
    const server = await startServer(tempDir());
    await server.nobody.get('/v1/me');
    await server.nobody.get('/nowhere');
    const { status, headers, body } = await server.nobody.get('/metrics');
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    const line = /^(#.*|[a-zA-Z_:][\w:]*(\{[^}]*\})? [-+]?([\d.e+-]+|Inf|[Nn]a[Nn])( \d+)?)?$/;
    for (const said of (body as string).split('\n')) expect(said).to.match(line);
    expect(body).to.contain(
      'skills_ledger_http_seconds_count{operation="who-am-i",status="401"} 1',
    );
    expect(body).to.contain('skills_ledger_http_seconds_count{operation="none",status="404"} 1');
    expect(body).to.contain('skills_ledger_facts 1');
    expect(body).to.match(/^skills_ledger_projection_lag_facts \d+$/m);
    await server.close();
  });
});
