import { v4 } from 'uuid';
import { commandIdOf, newIdOf, streamName } from '../../src/events/ids.ts';
import { type Client, clientOf } from '../support/server.ts';
import { course } from '../support/society.ts';
import type { Prepared } from './prepared.ts';

/** A command on its way, and what became of it. */
export interface Sent {
  commandId: string;
  by: string;
  path: string;
  body: unknown;
  key: string;
  /** Absent: nothing was heard, so nobody knows yet whether it was written. */
  answer?: { status: number; events: string[] };
}

/** A claim that was answered and that nobody has decided on yet. */
interface Waiting {
  member: string;
  claim: string;
  lineId: string;
}

const [line] = course.lines;

/** Requests of many people at once, mixed at random, until it is stopped or the server is gone. */
export function startLoad(prepared: Prepared, url: string, atOnce: number) {
  const { ledgerId, admin, assessor, members } = prepared;
  const clients = new Map<string, Client>();
  for (const { id, token } of [admin, assessor, ...members]) {
    clients.set(id, clientOf(url, token));
  }
  const sent: Sent[] = [];
  const waiting: Waiting[] = [];
  let inFlight = 0;
  let gone = false;

  const command = (by: string, stream: string, path: string, body: unknown): Sent => {
    const key = v4();
    const made = { commandId: commandIdOf(ledgerId, by, stream, key), by, path, body, key };
    sent.push(made);
    return made;
  };
  const claim = async (): Promise<void> => {
    const member = members[Math.floor(Math.random() * members.length)]?.id ?? '';
    const kind = Math.random() < 0.5 ? 'course' : 'reading';
    const body = { lines: [{ ...line, kind }] };
    const made = command(
      member,
      streamName('member', member),
      `/v1/members/${member}/claims`,
      body,
    );
    await send(made);
    if (kind !== 'course' || made.answer?.status !== 201) return;
    const { commandId } = made;
    const ids = { claim: newIdOf(commandId, 'claim'), lineId: newIdOf(commandId, 'line/0') };
    waiting.push({ member, ...ids });
  };
  const approve = async ({ member, claim: id, lineId }: Waiting): Promise<void> => {
    const path = `/v1/members/${member}/claims/${id}/approvals`;
    await send(command(assessor.id, streamName('member', member), path, { lines: [{ lineId }] }));
  };
  const register = async (): Promise<void> => {
    const number = v4().slice(0, 13);
    const body = { name: 'Invented Person', number, grade: 'full', on: '2024-01-01' };
    const made = command(admin.id, 'member', '/v1/members', body);
    await send(made);
  };
  const send = async (made: Sent): Promise<void> => {
    inFlight += 1;
    try {
      made.answer = await ask(clients.get(made.by) as Client, made);
    } catch {
      gone = true;
    }
    inFlight -= 1;
  };
  const work = async (): Promise<void> => {
    while (!gone) {
      const chance = Math.random();
      const next = chance < 0.4 ? waiting.shift() : undefined;
      if (next !== undefined) await approve(next);
      else if (chance > 0.9) await register();
      else await claim();
    }
  };
  const done = Promise.all(Array.from({ length: atOnce }, work));
  return { sent, done, inFlight: () => inFlight };
}

/** Sends a command, again with the same key where it was sent before. Rejects where no whole answer comes. */
export async function ask(client: Client, { path, body, key }: Sent): Promise<Sent['answer'] & {}> {
  const { status, body: said } = await client.post(path, body, { 'Idempotency-Key': key });
  const events = (said.events ?? []) as { id: string }[];
  return { status, events: events.map(({ id }) => id) };
}
