import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { DATA, helpingSociety, ON } from '../support/helping.ts';
import { made } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran } from './run.ts';

describe('skills-ledger support', function () {
  this.timeout(60_000);
  const home = tempDir();
  const helpers: Record<string, string> = {};

  before(async () => {
    const { society, bodies, working, signedIn } = await helpingSociety(home);
    const share = async (name: string, what: string, to: string) => {
      helpers[name] = await working(name, 'next', { skill: DATA });
      const client = await signedIn(helpers[name] ?? '');
      const body = { to: { kind: 'organisation', id: to }, what };
      await made(client.post(`/v1/members/${helpers[name]}/sharings`, body));
    };
    for (const what of ['standing', 'statement', 'skills', 'contact']) {
      await share(what, what, bodies['home'] ?? '');
    }
    await share('contact with another', 'contact', bodies['far'] ?? '');
    await society.close();
  });

  it('counts all who can help, and names who shares their contact with the body: by no other sharing', async () => {
    const shown = await ran(home, [
      'support',
      '--council',
      'home',
      '--profile',
      'figures',
      '--on',
      ON,
    ]);
    expect(shown).to.match(/^ {4}north: 5 people have it$/m);
    expect(shown).to.match(
      new RegExp(`^ {6}shares their contact: ${helpers['contact']}, next$`, 'm'),
    );
    for (const [name, person] of Object.entries(helpers)) {
      if (name !== 'contact') expect(shown, name).not.to.include(person);
    }
  });

  it('names nobody who is not near, though they share their contact with the body', async () => {
    const asked = ['support', '--council', 'far', '--profile', 'figures', '--on', ON, '--json'];
    const { needs } = JSON.parse(await ran(home, asked));
    const named = JSON.stringify(needs);
    for (const [name, person] of Object.entries(helpers)) {
      expect(named.includes(person), name).to.equal(false);
    }
  });
});
