import { z } from 'zod';
import { endAuthority, grantAuthority, grantsOn } from '../commands/authority.ts';
import { standingOn } from '../commands/membership-state.ts';
import { appointmentsOf } from '../commands/scheme-state.ts';
import { commandIdOf } from '../events/ids.ts';
import type { Caller } from './access.ts';
import { command, type Operation, read, under, write } from './operation.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { nonEmpty } from './text.ts';

const GrantShown = z.object({
  role: z.string(),
  organisation: z.uuid().optional(),
  from: z.string(),
  until: z.string().optional(),
});

export const authorityOperations: readonly Operation[] = under('authority', [
  read({
    id: 'who-am-i',
    path: '/v1/me',
    summary: 'Who the token speaks for, and what they may act as today.',
    may: ['signed-in'],
    output: z.object({
      person: z.uuid().optional().describe('absent: nobody is linked to this sign-in'),
      member: z.boolean(),
      grants: z.array(GrantShown),
      appointedIn: z.array(z.uuid()).describe('schemes with an appointment in force'),
    }),
    async run(services, { caller }) {
      return { body: await describe(services, caller) };
    },
  }),
  write({
    id: 'enter-person',
    path: '/v1/persons',
    summary: 'Enter a person before any registration: staff, a delegate. Only an id, no name.',
    may: ['admin'],
    body: z.strictObject({}),
    output: z.object({ person: z.uuid() }),
    async run({ ledger }, { actor, key }) {
      const commandId = commandIdOf(ledger.ledgerId, actor.id, 'person', key);
      return { body: { person: await ledger.vault.enterPerson(commandId) } };
    },
  }),
  write({
    id: 'link-sign-in',
    path: '/v1/persons/{person}/sign-ins',
    summary:
      'Link a sign-in to a person: whoever has a token of this issuer and subject is this person.',
    may: ['admin'],
    body: z.strictObject({ issuer: nonEmpty(500), subject: nonEmpty(500) }),
    output: z.object({ person: z.uuid() }),
    async run({ ledger }, { path, body }) {
      const person = path['person'] ?? '';
      const { erasure } = (await ledger.streams.load('member', person)).state;
      if (erasure.person) throw new Problem(410, 'erased', 'this person was erased');
      await ledger.vault.linkSignIn(body.issuer, body.subject, person);
      return { body: { person } };
    },
  }),
  read({
    id: 'list-grants',
    path: '/v1/persons/{person}/grants',
    summary: 'What a person was granted and may act as today.',
    may: ['admin', 'auditor'],
    output: z.object({ items: z.array(GrantShown) }),
    async run(services, { path }) {
      const { state, revision } = await services.ledger.streams.load(
        'authority',
        path['person'] ?? '',
      );
      return {
        body: { items: grantsOn(state, todayOf(services)) },
        revision: revision < 0n ? 0n : revision,
      };
    },
  }),
  command(grantAuthority, {
    path: '/v1/persons/{person}/grants',
    summary: 'Grant a role to a person.',
    may: ['admin'],
    subject: 'person',
    makes: 'grant',
  }),
  command(endAuthority, {
    path: '/v1/persons/{person}/grants/{grant}/endings',
    summary: 'End a grant on a day.',
    may: ['admin'],
    subject: 'person',
  }),
]);

async function describe(services: Services, { person, own, grants }: Caller) {
  if (person === undefined) return { member: false, grants: [], appointedIn: [] };
  const { streams } = services.ledger;
  const { membership } = (await streams.load('member', person)).state;
  const standing = standingOn(membership, todayOf(services))?.standing;
  const appointedIn: string[] = [];
  for (const scheme of await services.views.schemes()) {
    const { state } = await streams.load('scheme', scheme);
    if (appointmentsOf(state, own, todayOf(services)).length > 0) appointedIn.push(scheme);
  }
  return { person, member: standing === 'member', grants, appointedIn };
}
