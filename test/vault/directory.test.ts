import { expect } from 'chai';
import { describe, it } from 'mocha';
import { startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('the directory of names', () => {
  it('knows who registered before it was first asked, and after; and forgets who is erased', async () => {
    const { ledger, clients, people, close } = await startSociety(tempDir());
    const named = async (text: string): Promise<string[]> =>
      (await ledger.directory.search(text, 10)).map(({ name }) => name);
    expect(await named('canary member')).to.deep.equal(['Canary Name member']);
    const body = { name: 'Óscar Later', number: 'LATER-1', grade: 'full', on: '2024-01-01' };
    const { body: made } = await clients.admin.post('/v1/members', body);
    const until = Date.now() + 5_000;
    while ((await named('oscar')).length === 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await ledger.directory.nameOf(made.ids.member)).to.equal('Óscar Later');
    await clients.admin.post(`/v1/members/${people.other}/erasures`, { scope: 'person' });
    expect(await ledger.directory.nameOf(people.other)).to.equal(undefined);
    expect(await named('canary')).not.to.include('Canary Name other');
    await close();
  });
});
