import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tempDir } from '../support/temp.ts';
import { type Done, run } from './run.ts';

const needLedger: readonly (readonly string[])[] = [
  ['token', '--role', 'admin'],
  ['history', 'M1'],
  ['statement', 'M1'],
  ['export', 'events'],
  ['export', 'balances'],
  ['rebuild'],
  ['verify'],
  ['backup', 'somewhere'],
  ['keys-lost'],
];

/** Command lines that cannot be, with what the one line about it must say. */
const wrong: readonly (readonly [args: string[], says: RegExp])[] = [
  [['exprot'], /unknown command 'exprot'.*Did you mean export/],
  [['verify', '--loud'], /unknown option '--loud'/],
  [['history'], /missing required argument 'member'/],
  [['start', 'now'], /too many arguments for 'start'/],
  [['import', 'members'], /missing required argument 'file'/],
  [['token', '--role', 'king'], /--role.*'king' is invalid.*assessor.*auditor/],
  [['token', '--subject', 'jane', '--role', 'auditor'], /a token says who, never a role/],
  [['token'], /--subject is expected, or --role/],
  [['restore', 'nowhere'], /nowhere.ledger.ledger\.db is not there: a folder made by backup/],
  [['start', '--demo', '--empty'], /--empty and --demo exclude each other/],
  [['start', '--demo-ends', '31.1.2026'], /--demo-ends is "31\.1\.2026": a day.* as 2026-01-31/],
];

/** Settings that cannot be. */
const unsettled: readonly (readonly [name: string, value: string, says: RegExp])[] = [
  ['PORT', '99999', /PORT is "99999": a number from 0 to 65535 would be right/],
  ['LEDGER_STORE', 'mysql://x', /LEDGER_STORE begins with "mysql:".*sqlite:/],
  ['LEDGER_STORE', 'esdb://', /LEDGER_STORE is wrong: esdb:\/\/HOST:PORT,.* would be right/],
  ['LEDGER_STORE', 'esdb://a?retries=3', /the option "retries" is not one of this ledger's/],
  ['LEDGER_STORE', 'esdb://a:2113?tls=yes', /tls is true or false/],
  ['LEDGER_NAME', 'our.ledger', /LEDGER_NAME is "our\.ledger": 1 to 50 letters and digits/],
  ['LEDGER_KEY', 'short', /LEDGER_KEY is no wrapping key: 32 bytes in base64url/],
  ['LEDGER_JWKS', 'https://id.example/keys', /LEDGER_ISSUER must name its issuer/],
  ['LEDGER_ISSUER', 'https://id.example', /LEDGER_JWKS is "".*of https:\/\/id\.example/],
];

function isOneLine({ code, out, err }: Done, says: RegExp): void {
  expect(err).to.match(says);
  expect(err).to.match(/^skills-ledger: [^\n]+\n$/);
  expect([code, out]).to.deep.equal([1, '']);
}

describe('an error on the command line', () => {
  it('is one line and exit code 1 where there is no ledger, and none is made', async () => {
    const home = join(tempDir(), 'none');
    const done = await Promise.all(needLedger.map((args) => run(home, args)));
    for (const one of done) {
      isOneLine(one, /no ledger at .*ledger\.db: set LEDGER_HOME, or begin one/);
    }
    expect(existsSync(home)).to.equal(false);
  });

  for (const [args, says] of wrong) {
    it(`says in one line what is wrong with: ${args.join(' ')}`, async () => {
      isOneLine(await run(join(tempDir(), 'none'), args), says);
    });
  }

  for (const [name, value, says] of unsettled) {
    it(`says in one line what would be right for ${name}=${value}`, async () => {
      isOneLine(await run(join(tempDir(), 'none'), ['start', '--empty'], { [name]: value }), says);
    });
  }

  it('says which folder, file or address cannot be had, and what would be right', async () => {
    const folder = tempDir();
    const file = join(folder, 'file');
    writeFileSync(file, 'no database, and no folder');
    for (const [setting, says] of [
      [{ LEDGER_HOME: file }, /LEDGER_HOME is ".*file" \(EEXIST\): a folder .* would be right/],
      [{ LEDGER_HOME: join(file, 'x') }, /LEDGER_HOME is ".*x" \(ENOTDIR\): a folder/],
      [{ LEDGER_HOME: '/proc/x' }, /LEDGER_HOME is "\/proc\/x" \(E[A-Z]+\): a folder/],
      [{ LEDGER_EVIDENCE: file }, /LEDGER_EVIDENCE is ".*file" \(EEXIST\): a folder/],
      [{ LEDGER_STORE: `sqlite:${folder}` }, /LEDGER_STORE is "sqlite:.*no file can be opened/],
      [{ LEDGER_STORE: `sqlite:${file}/x` }, /LEDGER_STORE is "sqlite:.*no file can be opened/],
      [{ LEDGER_STORE: `sqlite:${file}` }, /file is not a SQLite database/],
      [{ HOST: '192.0.2.1', PORT: '0' }, /cannot listen on 192\.0\.2\.1:0.*a HOST of this machine/],
    ] as const) {
      isOneLine(await run(join(tempDir(), 'none'), ['start', '--empty'], setting), says);
    }
  });

  it('leaves nothing behind that the next start would take for a ledger', async () => {
    const home = join(tempDir(), 'none');
    const wrong = await run(home, ['start', '--empty'], { LEDGER_KEY: 'short' });
    expect(wrong.err).to.match(/LEDGER_KEY is no wrapping key/);
    expect(existsSync(join(home, 'ledger.db'))).to.equal(false);
  });

  it('keeps a start from putting a new vault in the place of one whose ledger is missing', async () => {
    const home = tempDir();
    mkdirSync(join(home, 'evidence'));
    writeFileSync(join(home, 'keys.db'), 'keys of another ledger');
    for (const more of [[], ['--empty']]) {
      isOneLine(await run(home, ['start', ...more]), /keys\.db is there, but no ledger at/);
    }
    expect(existsSync(join(home, 'ledger.db'))).to.equal(false);
  });
});
