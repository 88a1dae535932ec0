import { type Grant, grantsOn } from '../commands/authority.ts';
import type { Load } from '../commands/define.ts';
import { idsOfHuman } from '../commands/same-human.ts';
import { appointmentsOf } from '../commands/scheme-state.ts';
import { sharedOn } from '../commands/sharing.ts';
import type { Sharing } from '../commands/sharing-state.ts';
import type { GrantedRole } from '../events/authority.ts';
import type { Actor } from '../events/shapes.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { type SignedIn, signedOut } from './sign-in.ts';

/** Who may do something: anyone; who is signed in; a member their own; an assessor within an appointment; who
 *  was granted a role; with whom the member shares it. */
export type May =
  | 'anyone'
  | 'signed-in'
  | 'own'
  | 'assessor'
  | GrantedRole
  | { shares: Sharing['what'] }
  /** Who speaks for the organisation in the path. */
  | { contactOf: 'organisation' };

/** Who asks, and what facts say about them. */
export interface Caller {
  signedIn: SignedIn | undefined;
  /** Absent: nobody is linked to this sign-in. */
  person: string | undefined;
  /** Every id of the same human. */
  own: ReadonlySet<string>;
  grants: readonly Grant[];
}

const nobody: Caller = { signedIn: undefined, person: undefined, own: new Set(), grants: [] };

/** The caller whom an `Authorization` header speaks for. @throws Problem `signed-out` on a bad token */
export async function callerOf(
  services: Services,
  authorization: string | undefined,
): Promise<Caller> {
  if (authorization === undefined) return nobody;
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw signedOut('the header Authorization: Bearer TOKEN is expected');
  const signedIn = await services.verify(token);
  const { vault, streams } = services.ledger;
  const person = await vault.personOf(signedIn.issuer, signedIn.subject);
  if (person === undefined) return { ...nobody, signedIn };
  const load: Load = async (category, id) => (await streams.load(category, id)).state;
  const own = await idsOfHuman(load, person);
  const grants: Grant[] = [];
  for (const id of own) {
    grants.push(...grantsOn((await streams.load('authority', id)).state, todayOf(services)));
  }
  return { signedIn, person, own, grants };
}

/**
 * The actor as whom the caller may do this, by the first rule that fits.
 *
 * @throws Problem `signed-out`, `not-linked` or `forbidden`
 */
export async function actorFor(
  services: Services,
  caller: Caller,
  may: readonly May[],
  path: Readonly<Record<string, string>>,
): Promise<Actor> {
  const id = caller.person ?? NOBODY;
  if (may.includes('anyone')) return { id, role: 'member' };
  if (caller.signedIn === undefined) {
    throw signedOut('sign in: the header Authorization: Bearer TOKEN is expected');
  }
  if (may.includes('signed-in')) return { id, role: 'member' };
  if (caller.person === undefined) {
    throw new Problem(
      403,
      'not-linked',
      'nobody is linked to this sign-in: ask an admin to link it',
    );
  }
  for (const rule of may) {
    const role = await roleBy(services, caller, rule, path);
    if (role !== undefined) return { id, role };
  }
  const wanted = may.map(nameOfRule);
  throw new Problem(
    403,
    'forbidden',
    `none of your roles may do this; one of these may: ${wanted.join(', ')}`,
  );
}

/** A rule in words. */
export function nameOfRule(rule: May): string {
  if (typeof rule === 'string') return rule;
  return 'shares' in rule ? `shared ${rule.shares}` : `contact of the ${rule.contactOf}`;
}

const NOBODY = '00000000-0000-8000-8000-000000000000';

async function roleBy(
  services: Services,
  caller: Caller,
  rule: May,
  path: Readonly<Record<string, string>>,
): Promise<Actor['role'] | undefined> {
  if (typeof rule === 'object') {
    return 'shares' in rule
      ? sharedRole(services, caller, rule.shares, path['member'] ?? '')
      : contactRole(caller, path[rule.contactOf]);
  }
  switch (rule) {
    case 'anyone':
    case 'signed-in':
      return 'member';
    case 'own':
      return caller.own.has(path['member'] ?? '') ? 'member' : undefined;
    case 'assessor':
      return (await isAssessor(services, caller, path)) ? 'assessor' : undefined;
    case 'reviewer':
    case 'line-manager':
    case 'organisation-contact':
    case 'admin':
    case 'auditor':
    case 'analyst':
      return caller.grants.some((grant) => grant.role === rule) ? rule : undefined;
  }
}

/** An assessor of the scheme in the path, of a scheme of the member in the path, or of any where none is named. */
async function isAssessor(
  services: Services,
  caller: Caller,
  path: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { streams } = services.ledger;
  for (const id of await schemesFor(services, path)) {
    const { state } = await streams.load('scheme', id);
    if (appointmentsOf(state, caller.own, todayOf(services)).length > 0) return true;
  }
  return false;
}

async function schemesFor(
  services: Services,
  path: Readonly<Record<string, string>>,
): Promise<string[]> {
  if (path['scheme'] !== undefined) return [path['scheme']];
  const member = path['member'];
  if (member === undefined) return services.views.schemes();
  const { state } = await services.ledger.streams.load('member', member);
  return [...state.membership.schemes.keys()];
}

/** Whether an actor may because the member shares it with them, and by nothing else. */
export function bySharing({ role }: Actor): boolean {
  return role === 'line-manager' || role === 'organisation-contact';
}

/** The role of who was granted to speak for this organisation. */
function contactRole({ grants }: Caller, id: string | undefined): Actor['role'] | undefined {
  const speaks = grants.some(
    ({ role, organisation }) => role === 'organisation-contact' && organisation === id,
  );
  return speaks ? 'organisation-contact' : undefined;
}

/** The role of one with whom the member shares this: the person, or who speaks for the organisation. */
async function sharedRole(
  services: Services,
  caller: Caller,
  what: Sharing['what'],
  member: string,
): Promise<Actor['role'] | undefined> {
  const { sharings } = (await services.ledger.streams.load('member', member)).state;
  const today = todayOf(services);
  const shared = (kind: 'person' | 'organisation', id: string): boolean =>
    sharedOn(sharings, { kind, id }, what, today);
  const speaking = caller.grants.find(
    ({ role, organisation }) =>
      (role === 'line-manager' || role === 'organisation-contact') &&
      organisation !== undefined &&
      shared('organisation', organisation),
  );
  if (speaking !== undefined) return speaking.role;
  return [...caller.own].some((id) => shared('person', id)) ? 'line-manager' : undefined;
}
