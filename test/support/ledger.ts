import { v4 } from 'uuid';
import { beginning } from '../../src/commands/begin.ts';
import { claimActivity } from '../../src/commands/claim.ts';
import type { CommandDefinition } from '../../src/commands/define.ts';
import { type Answer, handle, type Request } from '../../src/commands/handle.ts';
import { joinScheme } from '../../src/commands/membership.ts';
import { register } from '../../src/commands/register.ts';
import { publishRulebook } from '../../src/commands/scheme.ts';
import type { States } from '../../src/commands/states.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { rulebook } from './past.ts';

/** A real ledger in a folder, at a time that the test tells. */
export function openAt(home: string, now: () => string, acceptLoss = false): Promise<OpenLedger> {
  const settings = readSettings({ LEDGER_HOME: home });
  return openLedger(settings, now, { name: 'Test Society', demo: true }, acceptLoss);
}

/** What every request here has: a key and somebody who asks, an admin unless told. */
export function asking(by = v4(), key = v4()) {
  const actor = { id: by, role: 'admin' as const };
  return { key, actor, own: new Set([by]), correlationId: v4() };
}

type Asking<C extends keyof States, Body> = Partial<Omit<Request<C, Body>, 'body' | 'raw'>>;

/** A request of a command, by an admin of its own unless `more` says who. */
export function request<C extends keyof States, Body>(
  definition: CommandDefinition<string, C, Body, unknown>,
  subject: string,
  body: unknown,
  more: Asking<C, Body> = {},
): Request<C, Body> {
  const parsed = definition.body.parse(body);
  return { definition, subject, raw: body, body: parsed, ...asking(), ...more };
}

/** Runs a command. */
export function run<C extends keyof States, Body>(
  ledger: OpenLedger,
  definition: CommandDefinition<string, C, Body, unknown>,
  subject: string,
  body: unknown,
  more: Asking<C, Body> = {},
): Promise<Answer> {
  return handle(ledger, request(definition, subject, body, more));
}

/** A scheme with rules since 2020. */
export async function beginScheme(ledger: OpenLedger): Promise<string> {
  const asked = asking();
  const begun = beginning(ledger.ledgerId, asked.actor.id, 'scheme', asked.key);
  const body = { version: 1, effectiveFrom: '2020-01-01', rulebook };
  await handle(ledger, { definition: publishRulebook, raw: body, body, ...asked, ...begun });
  return begun.subject;
}

let count = 0;

/** A member in a scheme. */
export async function newMember(ledger: OpenLedger, scheme: string): Promise<string> {
  count += 1;
  const body = { name: `Name ${count}`, number: `N-${count}`, grade: 'full', on: '2024-01-01' };
  const { person } = await register(ledger, { body, raw: body, ...asking() });
  await run(ledger, joinScheme, person, { scheme, on: '2024-01-01' });
  return person;
}

/** A claim of an hour's course in January 2026. */
export const anHour = (title = 'Data ethics') => ({
  lines: [{ kind: 'course', quantity: { amount: 60, unit: 'minute' }, from: '2026-01-12', title }],
});

/** Claims it for a member. */
export const claims = (
  ledger: OpenLedger,
  person: string,
  more: Asking<'member', unknown> = {},
): Promise<Answer> => run(ledger, claimActivity, person, anHour(), more as never);

/** What a promise is refused with: its code, or the name of the error, or that it was not. */
export function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'not refused',
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );
}
