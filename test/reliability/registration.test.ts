import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { register } from '../../src/commands/register.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import { environment } from '../support/process.ts';
import { tempDir } from '../support/temp.ts';
import { type Asked, registration, type StopAt } from './registration.ts';

const script = fileURLToPath(new URL('./registering-process.js', import.meta.url));

describe('a registration that is killed between vault and ledger', () => {
  let home: string;
  let ledger: OpenLedger;
  const open = async (): Promise<OpenLedger> => {
    const now = (): string => new Date().toISOString();
    return openLedger(readSettings({ LEDGER_HOME: home }), now, { name: 'Test', demo: false });
  };
  beforeEach(async () => {
    home = tempDir();
    ledger = await open();
  });
  afterEach(() => ledger.close());

  /** Another process begins to register and is killed; this one is started again after it. */
  async function killed(stopAt: StopAt, asked: Asked): Promise<void> {
    await ledger.close();
    const args = [script, home, stopAt, JSON.stringify(asked)];
    const { signal, stderr } = spawnSync(process.execPath, args, { env: environment({}) });
    expect(signal, String(stderr)).to.equal('SIGKILL');
    ledger = await open();
  }
  const typesSoFar = async (): Promise<string[]> =>
    (await ledger.store.readAll(undefined, 100)).map(({ type }) => type);
  const refusal = (asked: Asked): Promise<string> =>
    register(ledger, registration(asked)).then(
      () => 'registered',
      ({ code }) => code as string,
    );
  const holds = async (): Promise<void> => {
    expect((await verifyLedger(ledger.store)).findings).to.deep.equal([]);
  };

  it('with the number reserved and no fact: the same request again finishes it, with that number', async () => {
    const asked = { number: 'A-1', on: '2024-01-01', key: v4() };
    await killed('before-append', asked);
    const reserved = await ledger.vault.personByNumber('A-1');
    expect(reserved).to.be.a('string');
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened']);
    expect(await refusal({ ...asked, key: v4() })).to.equal('number-taken');

    const first = await register(ledger, registration(asked));
    const again = await register(ledger, registration(asked));
    expect(first).to.include({ person: reserved, repeated: false });
    expect(again).to.deep.equal({ ...first, repeated: true });
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened', 'Registered']);
    expect(await refusal({ ...asked, key: v4() })).to.equal('number-taken');
    await holds();
  });

  it('with the fact written and no answer: the same request again is given its answer', async () => {
    const asked = { number: 'A-1', on: '2024-01-01', key: v4() };
    await killed('after-append', asked);
    const answer = await register(ledger, registration(asked));
    expect(answer.repeated).to.equal(true);
    expect(await ledger.vault.personByNumber('A-1')).to.equal(answer.person);
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened', 'Registered']);
    await holds();
  });

  it('while it is given up: the number is free once the same request was refused again', async () => {
    const asked = { number: 'A-1', on: '2099-01-01', key: v4() };
    await killed('before-append', asked);
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened']);
    expect(await refusal({ ...asked, key: v4() })).to.equal('number-taken');

    expect(await refusal(asked)).to.equal('date-wrong');
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened', 'RegistrationAbandoned']);
    expect(await refusal({ ...asked, on: '2024-01-01', key: v4() })).to.equal('registered');
    await holds();
  });

  it('after it was given up and before its number was free: the same request again frees it', async () => {
    const asked = { number: 'A-1', on: '2099-01-01', key: v4() };
    await killed('after-append', asked);
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened', 'RegistrationAbandoned']);
    expect(await refusal({ ...asked, key: v4() })).to.equal('number-taken');

    expect(await refusal(asked)).to.equal('member-exists');
    expect(await ledger.vault.personByNumber('A-1')).to.equal(undefined);
    expect(await refusal({ ...asked, on: '2024-01-01', key: v4() })).to.equal('registered');
    expect(await typesSoFar()).to.deep.equal([
      'LedgerOpened',
      'RegistrationAbandoned',
      'Registered',
    ]);
    await holds();
  });

  it('leaves a person who was known before free to register: a slip in the date takes no id away', async () => {
    const person = await ledger.vault.enterPerson(v4());
    const asked = { number: 'A-1', on: '2099-01-01', key: v4(), person };
    expect(await refusal(asked)).to.equal('date-wrong');
    expect(await typesSoFar()).to.deep.equal(['LedgerOpened']);
    const later = await register(ledger, registration({ ...asked, on: '2024-01-01', key: v4() }));
    expect(later.person).to.equal(person);
    await holds();
  });
});
