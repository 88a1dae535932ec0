import { addDays } from '../scheme/civil-date.ts';
import { openLocalIssuer } from './local-issuer.ts';
import type { OpenLedger } from './open.ts';
import { shownPlace } from './places.ts';
import type { Settings } from './settings.ts';

/** Demo persons by the subject of their sign-in, and what each may want to look at first. */
const looks = [
  { subject: 'member', see: 'their points', path: '/v1/members/{member}/statement?cycle={cycle}' },
  {
    subject: 'assessor',
    see: 'what waits for them',
    path: '/v1/queue?assignee={assessor}&limit=3',
  },
  {
    subject: 'reviewer',
    see: 'the points of an assessor, who is a member, too',
    path: '/v1/members/{assessor}/statement?cycle={cycle}',
  },
  {
    subject: 'manager',
    see: 'points that one of their people shares',
    path: '/v1/members/{member}/statement?cycle={cycle}',
  },
  { subject: 'contact', see: 'a member who shares their standing', path: '/v1/members/{member}' },
  {
    subject: 'admin',
    see: 'whom a number belongs to: opening it needs a reason, and is logged',
    path: '/v1/members/{member}/details',
    opens: true,
  },
  {
    subject: 'auditor',
    see: 'what one assessor decided',
    path: '/v1/persons/{assessor}/decisions?limit=3',
  },
  {
    subject: 'analyst',
    see: 'who can do what, by region, as it was given out',
    path: '/v1/reports/capability/released?by=region&state=current',
  },
] as const;

/** Where a society has its first admin, and no demo. */
const firstLooks = [
  { subject: 'admin', see: 'points awarded', path: '/v1/balances?limit=3' },
] as const;

/** So many days after a cycle began the one before it says more. */
const YOUNG_CYCLE_DAYS = 45;

/** Where to look, and for the local issuer how to ask: lines for people. */
export async function welcome(
  ledger: OpenLedger,
  settings: Settings,
  port: number,
  now: () => string,
): Promise<string[]> {
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const origin = `http://${settings.host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  const { count } = await ledger.store.head();
  const lines = [
    `${ledger.name}: ${count} ${count === 1 ? 'fact' : 'facts'} in ${shownPlace(settings)}`,
    `  ${origin}/       what this is`,
    `  ${origin}/docs/  what can be asked of it`,
  ];
  if (settings.signIn.kind !== 'local') return lines;
  const issuer = await openLocalIssuer(ledger.vault, settings.signIn.audience, now);
  const asks: string[] = [];
  const filled = await peopleAndCycle(ledger);
  for (const { subject, see, path, ...look } of filled.has('member') ? looks : firstLooks) {
    const [person, address] = [filled.get(subject), origin + fill(path, filled)];
    if (person === undefined || address.includes('{')) continue;
    const reason = 'opens' in look ? " -H 'Access-Reason: support'" : '';
    asks.push(`  # as ${subject}: ${see}`);
    asks.push(
      `  curl -s -H 'Authorization: Bearer ${await issuer.mint(subject)}'${reason} '${address}'`,
    );
  }
  if (asks.length === 0) {
    return [...lines, 'Begin with a token for an admin: npx . token --subject admin --role admin'];
  }
  return [...lines, 'Ready-made questions, for 12 hours:', ...asks];
}

/** What stands in the paths: the demo's people by their sign-in, and the cycle that has most to show. */
async function peopleAndCycle({ vault, store }: OpenLedger): Promise<Map<string, string>> {
  const filled = new Map<string, string>();
  for (const { subject } of looks) {
    const person = await vault.personOf('local', subject);
    if (person !== undefined) filled.set(subject, person);
  }
  const { count } = await store.head();
  const last = await store.readIndex(count - 1);
  if (last !== undefined) {
    const { recordedAt } = JSON.parse(last.metadata) as { recordedAt: string };
    filled.set('cycle', addDays(recordedAt.slice(0, 10), -YOUNG_CYCLE_DAYS).slice(0, 4));
  }
  return filled;
}

function fill(path: string, filled: ReadonlyMap<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => filled.get(name) ?? whole);
}
