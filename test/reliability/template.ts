import { expect } from 'chai';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';

/** A society of which everything was said that `verify` looks at: by commands, over HTTP. */
export async function makeTemplate(home: string): Promise<void> {
  const society = await startSociety(home);
  try {
    await sayAll(society);
    const { position = '' } = await society.ledger.store.head();
    await society.services.views.waitFor(position, 10_000);
  } finally {
    await society.close();
  }
}

async function sayAll(society: TestSociety): Promise<void> {
  const { admin, second, member, other, assessor } = society.clients;
  const path = (who: 'member' | 'other') => `/v1/members/${society.people[who]}`;
  const claimed = async (who: 'member' | 'other') => {
    const client = who === 'member' ? member : other;
    const { ids } = await made(client.post(`${path(who)}/claims`, course));
    const claim = `${path(who)}/claims/${ids.claim}`;
    const lineId = (await client.get(claim)).body.lines[0].line.lineId as string;
    return { claim, id: ids.claim as string, lines: [{ lineId }] };
  };
  const { claim, lines } = await claimed('member');
  const attached = await member.send(`${claim}/files`, {
    method: 'POST',
    body: '%PDF-1.7\na certificate\n%%EOF\n',
    headers: {
      'Content-Type': 'application/octet-stream',
      'File-Name': 'certificate.pdf',
      'Idempotency-Key': '6c0ff5f4-5f0c-4f3c-9a0b-0c5a9d7f1b11',
    },
  });
  expect(attached.status).to.equal(201);
  const approved = await made(assessor.post(`${claim}/approvals`, { lines }));
  const approval = approved.events[0].id;
  const why = { effect: { kind: 'void' }, reason: 'The certificate names somebody else.' };
  await made(assessor.post(`${claim}/revocations`, { approval, ...why }));
  await made(assessor.post(`${claim}/approvals`, { lines }));
  const brought = await made(
    admin.post(`${path('other')}/opening-balances`, {
      scheme: society.scheme,
      cycle: '2025',
      category: 'training',
      points: 400,
    }),
  );
  const item = { person: society.people.other, eventId: brought.events[0].id };
  const wrong = { change: { kind: 'retract' }, reasons: ['administrative-error'], asOf: 1 };
  const proposed = await made(admin.post('/v1/corrections', { item, ...wrong }));
  const correction = `/v1/corrections/${proposed.ids.correction}`;
  const { digest } = (await admin.get(correction)).body;
  await made(second.post(`${correction}/approvals`, { digest }));
  const gone = await claimed('other');
  await made(admin.post(`${path('other')}/erasures`, { scope: 'claim', claim: gone.id }));
}
