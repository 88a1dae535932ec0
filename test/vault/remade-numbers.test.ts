import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { renumber } from '../../src/commands/correct-number.ts';
import { erase } from '../../src/commands/erase.ts';
import { register } from '../../src/commands/register.ts';
import { systemActors } from '../../src/events/shapes.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { openDatabase } from '../../src/store/driver.ts';
import { tempDir } from '../support/temp.ts';
import { refusal } from './support.ts';

const actor = { id: systemActors.import, role: 'import' as const };
const base = () => ({ key: v4(), actor, own: new Set<string>(), correlationId: v4() });

function registered(ledger: OpenLedger, number: string, key = v4()) {
  const body = { name: 'Ann', email: 'ann@example.org', number, grade: 'full' };
  return register(ledger, { ...base(), key, body, raw: body });
}

describe('A vault that came back from an older copy', () => {
  const open = (home: string) =>
    openLedger(readSettings({ LEDGER_HOME: home }), () => new Date().toISOString(), {
      name: 'Test',
      demo: false,
    });

  let opened: OpenLedger | undefined;
  afterEach(() => opened?.close());

  /** Runs `life` on a ledger and opens it elsewhere, with a copy of the vault made before. */
  async function restored(life: (ledger: OpenLedger) => Promise<void>): Promise<OpenLedger> {
    const [home, elsewhere] = [tempDir(), tempDir()];
    const ledger = await open(home);
    const vault = openDatabase(join(home, 'keys.db'));
    vault.exec(`VACUUM INTO '${join(elsewhere, 'keys.db')}'`);
    vault.close();
    await life(ledger);
    await ledger.close();
    for (const name of readdirSync(home).filter((file) =>
      /^(ledger\.db(-wal)?|wrapping\.key)$/.test(file),
    )) {
      copyFileSync(join(home, name), join(elsewhere, name));
    }
    opened = await open(elsewhere);
    return opened;
  }

  it('knows again who has which number: it is not given twice, and a retry finds its registration', async () => {
    const key = v4();
    let person = '';
    const ledger = await restored(async (before) => {
      person = (await registered(before, 'AB-1', key)).person;
    });
    expect(await ledger.vault.personByNumber('ab 1')).to.equal(person);
    await refusal(registered(ledger, 'AB1'), 'number-taken');
    const again = await registered(ledger, 'AB-1', key);
    expect([again.repeated, again.person]).to.deep.equal([true, person]);
  });

  it('knows of a corrected number that the new one is taken and the wrong one free', async () => {
    let [person, other] = ['', ''];
    const ledger = await restored(async (before) => {
      person = (await registered(before, '1')).person;
      const body = { number: '2' };
      await renumber(before, { ...base(), subject: person, body, raw: body });
      other = (await registered(before, '1')).person;
    });
    expect(await ledger.vault.personByNumber('2')).to.equal(person);
    expect(await ledger.vault.personByNumber('1')).to.equal(other);
  });

  it('has of one who was erased since neither key nor person, and gives the number to nobody', async () => {
    const ledger = await restored(async (before) => {
      const { person } = await registered(before, '7');
      const body = { scope: 'person' as const };
      await erase(before, { ...base(), subject: person, body, raw: body });
    });
    expect(await ledger.vault.personByNumber('7')).to.equal(undefined);
    await refusal(registered(ledger, '7'), 'number-erased');
  });
});
