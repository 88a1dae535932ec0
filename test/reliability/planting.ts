import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { makeCanaries } from '../support/canaries.ts';
import { environment, mainScript, type ServerProcess, startProcess } from '../support/process.ts';
import { type Answered, clientOf } from '../support/server.ts';
import { made, rulebook } from '../support/society.ts';

/** Asks with a body (JSON, or bytes) or, without one, reads. */
export type Ask = (
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

export const because = { 'Access-Reason': 'support' };

/** A real server, some people, and a member who types a canary wherever something can be typed. */
export interface Planting {
  server: ServerProcess;
  planted: ReadonlyMap<string, string>;
  plant(where: string): string;
  admin: Ask;
  own: Ask;
  /** Path of the member, and of their claims by name. */
  at: string;
  member: string;
  claims: Record<string, string>;
  number: string;
}

/** Starts a server over an empty home, and plants canaries in every step of a member's life. */
export async function plantAll(home: string): Promise<Planting> {
  const { plant, planted } = makeCanaries();
  const server = await startProcess(home);
  const as = (subject: string, ...more: string[]) => asking(home, server.url, subject, more);
  const admin = await as(plant('sign-in of the admin'), '--role', 'admin');
  const link = (person: string, subject: string) =>
    made(admin(`/v1/persons/${person}/sign-ins`, { issuer: 'local', subject }));
  const published = { version: 1, effectiveFrom: '2020-01-01', rulebook };
  const { scheme } = (await made(admin('/v1/schemes', published))).ids;
  const assessors: Ask[] = [];
  for (const name of ['first', 'second']) {
    const subject = plant(`sign-in of the ${name} assessor`);
    const { person } = await made(admin('/v1/persons', {}));
    await link(person, subject);
    await made(admin(`/v1/schemes/${scheme}/appointments`, { person, from: '2020-01-01' }));
    assessors.push(await as(subject));
  }
  const number = plant('membership number');
  const registration = { ...details(plant, 'at registration'), number, grade: 'full' };
  const { ids } = await made(admin('/v1/members', { ...registration, on: '2024-01-01' }));
  const subject = plant('sign-in of the member');
  await link(ids.member, subject);
  const at = `/v1/members/${ids.member}`;
  const own = await as(subject);
  const planting = { server, planted, plant, admin, own, at, member: ids.member, number };
  await plantInLife(planting, scheme);
  return { ...planting, claims: await plantInClaims(planting, assessors as [Ask, Ask]) };
}

async function asking(home: string, url: string, subject: string, more: string[]): Promise<Ask> {
  const run = promisify(execFile);
  const args = [mainScript, 'token', '--subject', subject, ...more];
  const env = environment({ LEDGER_HOME: home });
  const client = clientOf(url, (await run(process.execPath, args, { env })).stdout.trim());
  return (path, body, headers) => {
    if (body === undefined) return client.get(path, headers);
    if (!(body instanceof Uint8Array)) return client.post(path, body, headers);
    const media = { 'Content-Type': 'application/octet-stream' };
    return client.send(path, { method: 'POST', body, headers: { ...media, ...headers } });
  };
}

type Planted = Omit<Planting, 'claims'>;

function details(plant: Planting['plant'], when: string) {
  return {
    name: plant(`name ${when}`),
    email: `${plant(`address ${when}`)}@example.org`,
    jobTitle: plant(`job title ${when}`),
  };
}

async function plantInLife({ plant, admin, own, at }: Planted, scheme: string): Promise<void> {
  await made(admin(`${at}/schemes`, { scheme, on: '2024-01-01' }));
  await made(own(`${at}/details`, details(plant, 'now')));
  const council = { name: 'Netherby Council', type: 'district', from: '2000-04-01' };
  const { organisation } = (await made(admin('/v1/organisations', council))).ids;
  const post = { organisation, from: '2024-02-01', jobTitle: plant('job title of a post') };
  const { employment } = (await made(own(`${at}/employments`, post))).ids;
  const changed = { share: { num: 1, den: 2 }, from: '2024-05-01' };
  const jobTitle = plant('job title of a changed post');
  await made(own(`${at}/employments/${employment}/changes`, { ...changed, jobTitle }));
  const relief = { class: 'class-b', from: '2024-03-01' };
  const first = { ...relief, reason: plant('reason of a relief') };
  const { relief: granted } = (await made(admin(`${at}/reliefs`, first))).ids;
  const again = { ...relief, reason: plant('reason of a changed relief') };
  await made(admin(`${at}/reliefs/${granted}/changes`, again));
  const later = {
    scheme,
    cycle: '2025',
    until: '2026-03-01',
    reason: plant('reason of a later day'),
  };
  await made(admin(`${at}/deadlines`, later));
}

async function plantInClaims(
  { plant, admin, own, at }: Planted,
  [assessor, second]: [Ask, Ask],
): Promise<Record<string, string>> {
  const line = (what: string) => ({
    kind: 'course',
    quantity: { amount: 90, unit: 'minute' },
    from: '2025-01-13',
    title: plant(`title of ${what}`),
    provider: plant(`provider of ${what}`),
    reflection: plant(`reflection on ${what}`),
  });
  const because = (what: string) => ({ reason: plant(`reason of ${what}`) });
  const lineIn = async (claim: string): Promise<string> =>
    (await own(claim)).body.lines[0].line.lineId;
  const id = async (asked: Promise<Answered>): Promise<string> => (await made(asked)).events[0].id;

  const approved = (await made(own(`${at}/claims`, { lines: [line('a claim')] }))).ids.claim;
  const one = `${at}/claims/${approved}`;
  await made(assessor(`${one}/returns`, because('a return')));
  await made(own(`${one}/amendments`, { lines: [line('an amended claim')] }));
  await made(own(`${one}/evidence`, { link: `https://example.org/${plant('a link')}?q=1` }));
  const pdf = new TextEncoder().encode(`%PDF-1.7\n${plant('content of a file')}\n%%EOF\n`);
  const name = { 'File-Name': encodeURIComponent(`${plant('name of a file')}.pdf`) };
  await made(own(`${one}/files`, pdf, { ...name, 'Idempotency-Key': crypto.randomUUID() }));
  const accepted = { amount: 60, unit: 'minute' };
  const less = { lineId: await lineIn(one), accepted, ...because('less') };
  const approval = await id(assessor(`${one}/approvals`, { lines: [less] }));
  const review = await id(second(`${one}/reviews`, { approval, ...because('a review') }));
  const upheld = { outcome: 'upheld' };
  await made(second(`${one}/reviews/${review}/outcomes`, { ...upheld, ...because('its outcome') }));
  const revoked = { approval, effect: { kind: 'void' }, ...because('a revocation') };
  await made(assessor(`${one}/revocations`, revoked));

  const rejected = (await made(own(`${at}/claims`, { lines: [line('another claim')] }))).ids.claim;
  const two = `${at}/claims/${rejected}`;
  const no = { lines: [await lineIn(two)], ...because('a rejection') };
  const rejection = await id(assessor(`${two}/rejections`, no));
  const appeal = await id(own(`${two}/appeals`, { rejection, ...because('an appeal') }));
  await made(second(`${two}/appeals/${appeal}/outcomes`, { ...upheld, ...because('its end') }));

  const decided = { on: '2025-02-01', says: plant('words of the old system') };
  const old = { claim: { lines: [line('an imported claim')] }, decided };
  const imported = (await made(admin(`${at}/imported-claims`, old))).ids.claim;
  const { hold } = (await made(admin(`${at}/holds`, because('a hold')))).ids;
  await made(admin(`${at}/holds/${hold}/endings`, {}));
  const onClaim = { claim: approved, ...because('a hold on a claim') };
  const { hold: other } = (await made(admin(`${at}/holds`, onClaim))).ids;
  await made(admin(`${at}/holds/${other}/endings`, {}));
  return { approved, rejected, imported };
}
