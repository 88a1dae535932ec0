import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { v4 } from 'uuid';
import { makeApp } from '../../src/http/app.ts';
import { makeMetrics } from '../../src/http/metrics.ts';
import { describe as described } from '../../src/http/openapi.ts';
import { ProblemShape } from '../../src/http/problem.ts';
import { operations } from '../../src/http/table.ts';
import { startServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

interface Layer {
  route?: { path: string };
}

interface Described {
  paths: Record<
    string,
    Record<
      string,
      {
        responses: {
          default: {
            content: Record<
              'application/problem+json',
              { schema: { $ref: string }; examples: Record<string, { $ref: string }> }
            >;
          };
        };
      }
    >
  >;
  components: { examples: Record<string, { value: unknown }> };
}

const description = (): Described => described(operations) as unknown as Described;

describe('the description of the HTTP interface', () => {
  it('is valid OpenAPI 3.1 for a linter that is not ours', () => {
    const folder = tempDir();
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(described(operations)));
    writeFileSync(join(folder, 'redocly.yaml'), 'extends: [minimal]\ntelemetry: off\n');
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const options = { cwd: folder, encoding: 'utf8' as const };
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    };
    const done = spawnSync(process.execPath, [cli, 'lint', file], { ...options, env });
    expect(done.status, done.stdout + done.stderr).to.equal(0);
  });

  it('names every operation once, and one for each method and path', () => {
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const places = operations.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).to.equal(places.length);
  });

  it('gives each operation examples of problems, which are problems as they are sent', () => {
    const { paths, components } = description();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const { examples, schema } = responses.default.content['application/problem+json'];
        expect(schema.$ref).to.equal('#/components/schemas/Problem');
        expect(Object.keys(examples), `${method} ${path}`).to.have.length.above(0);
        for (const [code, { $ref }] of Object.entries(examples)) {
          expect($ref).to.equal(`#/components/examples/${code}`);
          const problem = ProblemShape.strict().parse(components.examples[code]?.value);
          expect(problem).to.include({ code, type: `urn:skills-ledger:problem:${code}` });
        }
      }
    }
  });

  it('is served as it is made, and describes what the router serves, no more and no less', async () => {
    const server = await startServer(tempDir());
    const served = (await server.nobody.get('/openapi.json')).body;
    expect(served).to.deep.equal(JSON.parse(JSON.stringify(described(operations))));
    for (const [path, methods] of Object.entries(served.paths as Described['paths'])) {
      const asked = path.replace(/\{\w+\}/g, v4());
      const { status, headers } = await server.nobody.send(asked, { method: 'DELETE' });
      expect(status, path).to.equal(405);
      const allowed = (headers.get('allow') ?? '').toLowerCase().split(', ');
      expect(allowed.filter((method) => method !== 'head')).to.have.members(Object.keys(methods));
    }
    // All else that is served has a route of Express.
    const app = makeApp({
      ...server.services,
      metrics: makeMetrics(server.services.views, server.ledger.store),
    });
    const routes = (app.router.stack as unknown as Layer[]).flatMap(
      ({ route }) => route?.path ?? [],
    );
    expect(routes).to.deep.equal(['/']);
    await server.close();
  });
});
