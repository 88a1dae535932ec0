import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { changeDetails } from '../../src/commands/membership.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { beginScheme, newMember, openAt, refusal, run } from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('vault and ledger at a start', () => {
  let home: string;
  let ledger: OpenLedger;
  let scheme: string;
  let member: string;
  beforeEach(async () => {
    home = tempDir();
    ledger = await open();
    scheme = await beginScheme(ledger);
    member = await newMember(ledger, scheme);
  });
  afterEach(() => ledger.close());

  const open = (acceptLoss = false): Promise<OpenLedger> =>
    openAt(home, () => '2026-03-10T09:00:00.000Z', acceptLoss);
  async function reopened(change: () => void = () => {}): Promise<void> {
    await ledger.close();
    change();
    ledger = await open();
  }

  it('begin at the first fact where the one that both had seen last is another', async () => {
    await reopened(() =>
      inVault(
        `DELETE FROM details;
         UPDATE meta SET value = substr(value, 1, instr(value, '/')) || '${'0'.repeat(64)}'
          WHERE name = 'checkpoint'`,
      ),
    );
    expect([...(await ledger.vault.allDetails()).keys()]).to.include(member);
  });

  it('destroy at a start what an ended process had left of its keys, and no key that a fact uses', async () => {
    const killed = tempDir();
    copy(home, killed, 'keys.db');
    await reopened(() => {
      copy(killed, home, 'keys.db');
      inVault('UPDATE batches SET minted_at = 0');
    });
    const database = openDatabase(join(home, 'keys.db'), { readOnly: true });
    const left = database.prepare(
      `SELECT count(*) AS count FROM keys JOIN batches USING (batch)
        WHERE used = 0 AND destroyed = 0 AND minted_at = 0`,
    );
    expect(left.get()).to.include({ count: 0 });
    database.close();
    const { membership } = (await ledger.streams.load('member', member)).state;
    expect(await ledger.vault.key(membership.kid)).to.include({ kid: membership.kid });
  });

  it('do not start without keys that facts use, until they are stated as lost', async () => {
    const backup = tempDir();
    await reopened(() => copy(home, backup, 'keys.db'));
    // More than was minted ahead when the copy was made.
    const many = Array.from({ length: 700 }, () => newMember(ledger, scheme));
    const last = (await Promise.all(many)).at(-1) ?? '';
    await ledger.close();
    copy(backup, home, 'keys.db');
    expect(await refusal(open())).to.equal('KeysMissing');
    ledger = await open(true);
    expect(await typesInLedger()).to.include('KeysLost');
    const name = { name: 'Told again' };
    expect(await refusal(run(ledger, changeDetails, last, name))).to.equal('erased');
    await reopened();
  });
  const typesInLedger = async (): Promise<string[]> =>
    (await ledger.store.readStream('ledger', 0n)).map(({ type }) => type);

  function inVault(sql: string): void {
    const database = openDatabase(join(home, 'keys.db'));
    database.exec(sql);
    database.close();
  }
});

/** The vault as a kill leaves it: with its WAL. */
function copy(from: string, to: string, name: string): void {
  for (const file of [name, `${name}-wal`, `${name}-shm`]) rmSync(join(to, file), { force: true });
  for (const file of [name, `${name}-wal`]) {
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}
