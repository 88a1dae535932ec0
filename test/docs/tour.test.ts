import { expect } from 'chai';
import { after, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { rulebookOf } from '../../src/demo/rulebooks.ts';
import { ran } from '../cli/run.ts';
import { endAll, type Started, start } from '../cli/server.ts';
import { tempDir } from '../support/temp.ts';
import { printed, shapeOf, stepsOf } from './tour.ts';

describe('what the documents tell people to type', function () {
  this.timeout(120_000);
  after(endAll);

  it('the tutorial prints what it says, on a ledger that begins empty', async () => {
    const home = tempDir();
    const server = await start(home);
    await isAsTold('docs/tutorial.md', server, home);
  });

  it('the how-to of rulebooks prints what it says, on a ledger that begins empty', async () => {
    const home = tempDir();
    await isAsTold('docs/how-to/rulebook.md', await start(home), home);
  });

  it('the tour of the README prints what it says, with the people and the rules of the demo', async () => {
    const home = tempDir();
    const server = await start(home);
    await enterPeopleOfDemo(server, home);
    await isAsTold('README.md', server, home);
  });
});

async function isAsTold(path: string, server: Started, home: string): Promise<void> {
  const steps = stepsOf(path);
  expect(steps.length, `blocks of commands in ${path}`).to.be.greaterThan(4);
  const found = await printed(steps, { url: server.url, home });
  await server.end();
  for (const [place, { commands, prints }] of steps.entries()) {
    expect(shapeOf(found[place] ?? ''), commands).to.equal(shapeOf(prints));
  }
}

/** Admin and assessor as the demo links them, without its 1,200 members: its scheme, by its own rulebook. */
async function enterPeopleOfDemo(server: Started, home: string): Promise<void> {
  const token = (await ran(home, ['token', '--role', 'admin'])).trim();
  const post = async (path: string, body: object) => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': v4(),
    };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}/v1/${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as { ids: Record<string, string>; person: string };
  };
  const from = '2025-01-01';
  const begun = { version: 1, effectiveFrom: '2023-01-01', rulebook: rulebookOf('general', 1) };
  const { ids } = await post('schemes', begun);
  const next = { version: 2, effectiveFrom: from, rulebook: rulebookOf('general', 2) };
  await post(`schemes/${ids['scheme']}/rulebooks`, next);
  const { person } = await post('persons', {});
  await post(`schemes/${ids['scheme']}/appointments`, { person, from });
  await post(`persons/${person}/sign-ins`, { issuer: 'local', subject: 'assessor' });
}
