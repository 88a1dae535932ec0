import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { verifyViews } from '../../src/projections/verify/views.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import { made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { steps } from './model/commands.ts';
import { freshReal } from './model/real.ts';

const RUNS = 25;

describe('a member over HTTP, whatever is done in whatever order', () => {
  const home = tempDir();
  let society: TestSociety;
  before(async () => {
    society = await startSociety(home);
    const { clients, people, scheme } = society;
    const appointed = { person: people.reviewer, from: '2020-01-01' };
    await made(clients.admin.post(`/v1/schemes/${scheme}/appointments`, appointed));
  });
  after(() => society.close());

  it('is what a model of a few lines says, in claims, statement, history and balances', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands([steps], { maxCommands: 100, size: 'max' }),
        async (commands) => {
          const real = await freshReal(society);
          const model = { claims: [], adjusted: 0, erased: false };
          await fc.asyncModelRun(() => ({ model, real }), commands);
        },
      ),
      { numRuns: RUNS, endOnFailure: false },
    );
    const { findings } = await verifyLedger(society.ledger.store);
    expect(findings.slice(0, 3)).to.deep.equal([]);
    const views = await verifyViews({ store: society.ledger.store, path: join(home, 'views.db') });
    expect(views?.findings).to.deep.equal([]);
  }).timeout(240_000);
});
