import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { describe as described } from '../../src/http/openapi.ts';
import { operations } from '../../src/http/table.ts';
import { tempDir } from '../support/temp.ts';

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

  it('names every operation once', () => {
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
