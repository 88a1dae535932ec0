import { v4 } from 'uuid';
import { grantAuthority } from '../../src/commands/authority.ts';
import { handle } from '../../src/commands/handle.ts';
import { systemActors } from '../../src/events/shapes.ts';
import { plainKind, plainRulebook } from './plain-rulebook.ts';
import { type Client, startServer, type TestServer } from './server.ts';

/** A small society over HTTP: who is who, by what they sign in as. */
export interface TestSociety extends TestServer {
  scheme: string;
  council: string;
  people: Record<
    | 'admin'
    | 'second'
    | 'member'
    | 'other'
    | 'assessor'
    | 'reviewer'
    | 'auditor'
    | 'analyst'
    | 'contact',
    string
  >;
  clients: Record<keyof TestSociety['people'] | 'stranger', Client>;
}

export const rulebook = plainRulebook(
  [
    plainKind('course', { category: 'training', points: 100 }),
    plainKind('reading', { category: 'self-study', points: 50, accept: 'recording' }),
  ],
  [
    { grade: 'full', points: 2_000 },
    { grade: 'associate', points: 1_000 },
  ],
);

/** One claimed course of three hours, last January. */
export const course = {
  lines: [
    {
      kind: 'course',
      quantity: { amount: 180, unit: 'minute' },
      from: '2026-01-12',
      until: '2026-01-13',
      title: 'Cloud procurement',
      provider: 'Invented Training Ltd',
    },
  ],
};

/** Begins a ledger in a folder: an admin by setup, all else over HTTP. */
export async function startSociety(home: string): Promise<TestSociety> {
  const server = await startServer(home);
  const admin = await firstAdmin(server);
  const scheme = (
    await made(
      admin.client.post('/v1/schemes', { version: 1, effectiveFrom: '2020-01-01', rulebook }),
    )
  ).ids.scheme;
  const council = (
    await made(
      admin.client.post('/v1/organisations', {
        name: 'Netherby Council',
        type: 'district',
        from: '2000-04-01',
      }),
    )
  ).ids.organisation;
  const people: Record<string, string> = { admin: admin.person };
  const clients: Record<string, Client> = {
    admin: admin.client,
    stranger: await server.as('stranger'),
  };
  for (const name of ['member', 'other', 'assessor'] as const) {
    people[name] = await registered(admin.client, scheme, name);
  }
  for (const name of ['second', 'reviewer', 'auditor', 'analyst', 'contact'] as const) {
    people[name] = (await made(admin.client.post('/v1/persons'))).person;
    const role = name === 'second' ? 'admin' : name === 'contact' ? 'organisation-contact' : name;
    const scope = name === 'contact' ? { organisation: council } : {};
    await made(admin.client.post(`/v1/persons/${people[name]}/grants`, { role, ...scope }));
  }
  await made(
    admin.client.post(`/v1/schemes/${scheme}/appointments`, {
      person: people['assessor'],
      from: '2020-01-01',
    }),
  );
  for (const [name, person] of Object.entries(people)) {
    if (name === 'admin') continue;
    await made(
      admin.client.post(`/v1/persons/${person}/sign-ins`, { issuer: 'local', subject: name }),
    );
    clients[name] = await server.as(name);
  }
  // Where much else runs, the thread of the read models may take longer to begin than a question waits for it.
  const { position = '' } = await server.ledger.store.head();
  await server.services.views.waitFor(position, 30_000);
  return { ...server, scheme, council, people, clients } as TestSociety;
}

async function firstAdmin(server: TestServer): Promise<{ person: string; client: Client }> {
  const { ledger } = server;
  const person = await ledger.vault.enterPerson(v4());
  const body = { role: 'admin' as const };
  await handle(ledger, {
    definition: grantAuthority,
    subject: person,
    raw: body,
    body,
    key: v4(),
    actor: { id: systemActors.setup, role: 'setup' },
    own: new Set(),
    correlationId: v4(),
  });
  await ledger.vault.linkSignIn('local', 'admin', person);
  return { person, client: await server.as('admin') };
}

async function registered(admin: Client, scheme: string, name: string): Promise<string> {
  const body = {
    name: `Canary Name ${name}`,
    email: `${name}@canary.example`,
    number: `CANARY-${name}`,
    grade: 'full',
    on: '2024-01-01',
  };
  const { ids } = await made(admin.post('/v1/members', body));
  await made(admin.post(`/v1/members/${ids.member}/schemes`, { scheme, on: '2024-01-01' }));
  return ids.member;
}

/** The body of an answer that must have been a success. */
export async function made(
  answer: ReturnType<Client['post']>,
): Promise<Awaited<ReturnType<Client['post']>>['body']> {
  const { status, body } = await answer;
  if (status !== 200 && status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}
