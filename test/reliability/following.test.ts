import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { course, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

describe('a server whose vault is being copied while somebody is erased', () => {
  const home = tempDir();
  let society: TestSociety;
  before(async () => {
    society = await startSociety(home);
  });
  after(() => society.close());

  it('says that the erasure is unfinished and that it is not ready, goes on, and follows when the copy is made', async () => {
    const { admin, member } = society.clients;
    const copying = openDatabase(join(home, 'keys.db'), { readOnly: true });
    copying.exec('BEGIN');
    copying.prepare('SELECT count(*) FROM keys').get();
    const path = `/v1/members/${society.people.other}`;
    const erased = await admin.post(`${path}/erasures`, { scope: 'person' });
    expect([erased.status, erased.body.code]).to.deep.equal([503, 'erasure-unfinished']);
    let ready = await member.get('/health/ready');
    for (; ready.status !== 503; ready = await member.get('/health/ready')) await sleep(50);
    expect(ready.body.stopped).to.match(/another process still reads the old WAL/);
    const mine = await member.post(`/v1/members/${society.people.member}/claims`, course);
    expect(mine.status).to.equal(201);

    copying.exec('COMMIT');
    copying.close();
    for (; ready.status !== 200; ready = await member.get('/health/ready')) await sleep(50);
    const again = await admin.post(`${path}/erasures`, { scope: 'person' });
    expect([again.status, again.body.code]).to.deep.equal([410, 'erased']);
  }).timeout(30_000);
});
