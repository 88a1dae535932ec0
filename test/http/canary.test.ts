import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { prepareSociety } from '../reliability/prepared.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { type Client, clientOf } from '../support/server.ts';
import { course, made } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

/** In every text that somebody types about a person. */
const CANARY = 'Canarybird';

describe('what was typed about a person', () => {
  const home = tempDir();
  let server: ServerProcess;
  let admin: Client;
  let assessor: Client;
  let jane: Client;
  let member: string;
  let metrics: string;
  before(async () => {
    const prepared = await prepareSociety(home, 1);
    server = await startProcess(home);
    admin = clientOf(server.url, prepared.admin.token);
    assessor = clientOf(server.url, prepared.assessor.token);
    jane = clientOf(server.url, prepared.members[0]?.token);
    member = `/v1/members/${prepared.members[0]?.id}`;
    await typed();
    metrics = (await admin.get('/metrics')).body as string;
    await server.end('SIGTERM');
  });
  after(() => server.end('SIGKILL'));

  async function typed(): Promise<void> {
    const person = { name: `${CANARY} One`, email: `${CANARY}@canary.example`, jobTitle: CANARY };
    const registered = { ...person, number: `N-${CANARY}`, grade: 'full', on: '2024-01-01' };
    await made(admin.post('/v1/members', registered));
    await made(jane.post(`${member}/details`, person));
    const [line] = course.lines;
    const texts = { title: CANARY, provider: CANARY, reflection: CANARY };
    const claimed = await made(jane.post(`${member}/claims`, { lines: [{ ...line, ...texts }] }));
    const claim = `${member}/claims/${claimed.ids.claim}`;
    await made(jane.post(`${claim}/evidence`, { link: `https://${CANARY}.example/${CANARY}` }));
    const file = `%PDF-1.7 ${CANARY}`;
    const named = { 'File-Name': `${CANARY}.pdf`, 'Idempotency-Key': v4() };
    await made(jane.send(`${claim}/files`, { method: 'POST', body: file, headers: named }));
    await made(assessor.post(`${claim}/returns`, { reason: CANARY }));
    await jane.get(`${member}/claims/${CANARY}?text=${CANARY}`);
    await jane.get(`/${CANARY}`, { [`X-${CANARY}`]: CANARY });
    await jane.post(`${member}/claims`, { [CANARY]: CANARY });
    await made(admin.post('/v1/members/search', { text: CANARY }, { 'Access-Reason': 'support' }));
    const relief = { class: 'class-a', from: '2026-01-01', reason: CANARY };
    const granted = await admin.post(`${member}/reliefs`, relief);
    // The read models are made beside: what they hold of all this is looked through, too.
    const at = granted.headers.get('ledger-position') ?? '';
    await made(assessor.get('/v1/queue', { 'Ledger-At-Least': at }));
  }

  it('stands in no log; each request has one line there, with its id', () => {
    expect(server.logged).to.have.length(13);
    const ids = server.logged.map((line) => {
      expect(line).not.to.match(new RegExp(CANARY, 'i'));
      const { requestId, operation, status, ms, msg } = JSON.parse(line);
      expect(msg).to.equal('answered');
      expect(operation).to.be.a('string');
      expect(status).to.be.within(200, 499);
      expect(ms).to.be.a('number');
      return requestId as string;
    });
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('stands in no metric, and in nothing that is said to who started it', () => {
    expect(metrics).to.contain('skills_ledger_http_seconds');
    expect(metrics).not.to.match(new RegExp(CANARY, 'i'));
    expect(server.said.join('\n')).not.to.match(new RegExp(CANARY, 'i'));
  });

  it('stands in no file in the clear, the vault included', () => {
    const files = readdirSync(home, { recursive: true })
      .map((name) => join(home, String(name)))
      .filter((path) => statSync(path).isFile());
    expect(files.map((path) => path.slice(home.length + 1))).to.include.members([
      'ledger.db',
      'views.db',
      'keys.db',
    ]);
    for (const path of files) {
      expect(
        readFileSync(path, 'latin1').toLowerCase().includes(CANARY.toLowerCase()),
        path,
      ).to.equal(false);
    }
  });
});
