import { openLocalIssuer } from './local-issuer.ts';
import type { OpenLedger } from './open.ts';
import type { Settings } from './settings.ts';

/** Demo persons by the subject of their sign-in, and what each may want to look at first. */
const looks = [
  { subject: 'member', path: '/v1/members/{me}/statement' },
  { subject: 'assessor', path: '/v1/queue?limit=3' },
  { subject: 'reviewer', path: '/v1/me' },
  { subject: 'manager', path: '/v1/me' },
  { subject: 'contact', path: '/v1/me' },
  { subject: 'admin', path: '/v1/balances?limit=3' },
  { subject: 'auditor', path: '/v1/facts?limit=3' },
  { subject: 'analyst', path: '/v1/balances?limit=3' },
] as const;

/** Where to look, and for the local issuer how to ask: lines for people. */
export async function welcome(
  ledger: OpenLedger,
  settings: Settings,
  port: number,
  now: () => string,
): Promise<string[]> {
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const address = `http://${settings.host === '127.0.0.1' ? 'localhost' : host}:${port}`;
  const { count } = await ledger.store.head();
  const lines = [
    `${ledger.name}: ${count} facts in ${settings.ledgerFile}`,
    `  ${address}/       what this is`,
    `  ${address}/docs/  what can be asked of it`,
  ];
  if (settings.signIn.kind !== 'local') return lines;
  const issuer = await openLocalIssuer(ledger.vault, settings.signIn.audience, now);
  const asks: string[] = [];
  for (const { subject, path } of looks) {
    const person = await ledger.vault.personOf('local', subject);
    if (person === undefined) continue;
    const token = await issuer.mint(subject);
    asks.push(`  # as ${subject}`);
    asks.push(
      `  curl -s -H 'Authorization: Bearer ${token}' '${address}${path.replace('{me}', person)}'`,
    );
  }
  if (asks.length === 0) {
    return [...lines, 'Begin with a token for an admin: npx . token --subject admin --role admin'];
  }
  return [...lines, 'Ready-made questions, for 12 hours:', ...asks];
}
