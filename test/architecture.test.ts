import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { breaksIn } from './support/rooms.ts';

const only = '.only';

/** path, text, and what the checker says of it. */
const broken: readonly (readonly [string, string, string])[] = [
  ['src/scheme/a.ts', "import { x } from '../events/b.ts';", 'may import nothing of ours'],
  ['src/disclosure/a.ts', "import '../scheme/b.ts';", 'may import nothing of ours'],
  ['src/proofs/a.ts', "import type { X } from '../scheme/b.ts';", 'may import nothing of ours'],
  [
    'src/events/a.ts',
    "export { x } from '../commands/b.ts';",
    'events may import scheme/, proofs/',
  ],
  ['src/store/a.ts', "import { x } from '../events/b.ts';", 'store may import proofs/'],
  [
    'src/vault/a.ts',
    "import { x } from '../events/codec.ts';",
    'vault may import events/sealing.ts',
  ],
  ['src/commands/a.ts', "import { x } from '../store/follow.ts';", 'commands may import'],
  ['src/commands/a.ts', "await import('../http/claim.ts');", 'commands may import'],
  ['src/commands/a.ts', "import { x } from '../main.ts';", 'commands may import'],
  ['src/projections/a.ts', "import type { V } from '../vault/vault.ts';", 'projections may import'],
  ['src/projections/a.ts', "import '../commands/claim.ts';", 'projections may import'],
  ['src/http/a.ts', "import { x } from '../cli/verify.ts';", 'http may import'],
  ['src/http/a.ts', "import { x } from '../import/csv.ts';", 'http may import'],
  ['src/http/pages/a.ts', "import { x } from '../../import/row.ts';", 'http may import'],
  ['src/cli/a.ts', "import { x } from '../demo/society.ts';", 'cli may import'],
  ['src/import/a.ts', "import { x } from '../events/claim.ts';", 'import may import commands/'],
  ['src/demo/a.ts', "import { x } from '../http/claim.ts';", 'demo may import commands/'],
  ['src/http/a.ts', "import { x } from '../store/sqlite.ts';", 'imports the adapter'],
  [
    'src/vault/a.ts',
    "new URL('../store/sqlite-writer.js', import.meta.url)",
    'imports the adapter',
  ],
  ['src/cli/a.ts', "import { x } from '../vault/evidence.ts';", 'imports the adapter'],
  ['src/stray.ts', '', 'stands in no known room'],
  ['src/helpers/a.ts', '', 'stands in no known room'],
  ['src/store/sqlite.ts', "await import('@eventstore/db-client')", 'uses @eventstore/db-client'],
  ['src/main/vaults.ts', "import type { Pool } from 'pg';", 'uses pg'],
  ['src/http/a.ts', "await import('../vault/postgres.ts');", 'imports the adapter'],
  ['src/vault/sqlite.ts', "import { D } from 'node:sqlite';", 'uses a SQLite package'],
  ['src/projections/a.ts', "require('@photostructure/sqlite')", 'uses a SQLite package'],
  ['src/main/a.ts', "import express from 'express';", 'uses express'],
  [
    'src/export/a.ts',
    "import { p } from 'hyparquet-writer';",
    'uses a package that writes Parquet',
  ],
  ['src/export/a.ts', "import { p } from 'hucre/ods';", 'uses a package that writes Parquet'],
  ['src/http/a.ts', 'const at = new Date();', 'the clock'],
  ['src/store/a.ts', 'const at = Date.now();', 'the clock'],
  ['src/cli/a.ts', 'const port = process.env.PORT;', 'the environment'],
  ['src/demo/a.ts', 'Math.random()', 'chance'],
  ['src/scheme/a.ts', '// line\n'.repeat(251), 'has 251 lines'],
  ['test/a.test.ts', '// line\n'.repeat(251), 'has 251 lines'],
  ['src/events/index.ts', '', 'is a barrel'],
  ['src/events/a.ts', 'export default 1;', 'has a default export'],
  ['test/a.test.ts', `describe${only}('x', () => {});`, 'runs only some of the tests'],
];

const sound: readonly (readonly [string, string])[] = [
  [
    'src/main.ts',
    "import { x } from './store/sqlite.ts'; process.env.PORT; new Date(); Date.now();",
  ],
  ['src/worker.ts', "import { x } from './vault/sqlite.ts';"],
  ['src/main/a.ts', "import { x } from '../demo/society.ts'; Math.random();"],
  ['src/cli/a.ts', "import '../import/csv.ts'; import '../proofs/leaf.ts';"],
  ['src/http/a.ts', "import express from 'express'; import '../vault/vault.ts';"],
  [
    'src/commands/a.ts',
    "import '../store/event-store.ts'; import './b.ts'; import '../limits.ts';",
  ],
  ['src/projections/a.ts', "import '../store/driver.ts';"],
  ['src/vault/evidence.ts', "import '../store/driver.ts'; import './sqlite.ts';"],
  ['src/store/writer-thread.ts', "new URL('./sqlite-writer.js', import.meta.url)"],
  ['src/scheme/a.ts', "import '../limits.ts'; new Date(instant);"],
  ['src/events/a.ts', '// never Date.now() here\n/** nor process.env */\n'],
  ['src/events/b.ts', '// line\n'.repeat(250)],
];

function shown(text: string): string {
  const lines = text.split('\n').length;
  return lines > 5 ? `${lines - 1} lines` : JSON.stringify(text);
}

describe('The architecture', () => {
  it('holds in every file of src and test', () => {
    const files = ['src', 'test'].flatMap((folder) =>
      readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .filter((path) => path.endsWith('.ts'))
        .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(path, 'utf8') })),
    );
    expect(files.length).to.be.greaterThan(10);
    expect(breaksIn(files), breaksIn(files).join('\n')).to.deep.equal([]);
  });

  for (const [path, text, says] of broken) {
    it(`is broken by ${path} with ${shown(text)}`, () => {
      const breaks = breaksIn([{ path, text }]);
      expect(breaks).to.have.length(1);
      expect(breaks[0]).to.include(path).and.to.include(says);
    });
  }

  for (const [path, text] of sound) {
    it(`allows ${path} with ${shown(text)}`, () => {
      expect(breaksIn([{ path, text }])).to.deep.equal([]);
    });
  }
});
