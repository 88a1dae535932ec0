import { expect } from 'chai';
import { describe, it } from 'mocha';
import { demoBegins } from '../../src/demo/clock.ts';
import { makeDemo } from '../../src/demo/run.ts';
import { openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { tempDir } from '../support/temp.ts';

const endsOn = '2025-03-14';

describe('The demo society', () => {
  it('is made', async () => {
    const settings = readSettings({ LEDGER_HOME: tempDir() });
    const ledger = await openLedger(settings, () => demoBegins(endsOn), { name: 'd', demo: true });
    const report = await makeDemo(ledger, { seed: 'one', endsOn, scale: 0.02 });
    await ledger.close();
    console.log(report);
    expect(report.facts).to.be.greaterThan(100);
  }).timeout(60_000);
});
