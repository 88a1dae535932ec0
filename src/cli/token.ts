import type { Command } from 'commander';
import { v4, v5 } from 'uuid';
import { grantAuthority } from '../commands/authority.ts';
import { handle } from '../commands/handle.ts';
import { systemActors } from '../events/shapes.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

/** Makes tokens of the local issuer. */
export type Mint = (ledger: CliLedger, subject: string) => Promise<string>;

/** Subjects of the demo's people, by the role that each holds. */
const subjectOf: Record<string, string> = {
  member: 'member',
  assessor: 'assessor',
  reviewer: 'reviewer',
  'line-manager': 'manager',
  'organisation-contact': 'contact',
  admin: 'admin',
  auditor: 'auditor',
  analyst: 'analyst',
};

/**
 * `token`: a token of the local issuer, for a subject or for the demo person who holds a role. `--role admin` on a
 * ledger without an admin has `setup` grant it, so that a new ledger can be begun.
 */
export function tokenVerb(program: Command, cli: Cli, mint: Mint): void {
  program
    .command('token')
    .description('make a token of the local issuer, good for 12 hours')
    .option('--subject <name>', 'who the token speaks for')
    .option('--role <role>', `of the demo, who holds it: ${Object.keys(subjectOf).join(', ')}`)
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger token --role assessor\n  skills-ledger token --subject jane --role admin   (begins a new ledger)',
    )
    .action(async ({ subject, role }: { subject?: string; role?: string }) => {
      const speaksFor = subject ?? demoSubject(role);
      await withLedger(cli, async (ledger) => {
        if ((await ledger.vault.personOf('local', speaksFor)) === undefined) {
          if (role !== 'admin') {
            throw new CliError(
              `nobody signs in as "${speaksFor}": an admin links sign-ins over HTTP; --role admin begins a new ledger`,
            );
          }
          await firstAdmin(ledger, speaksFor);
        }
        cli.print(await mint(ledger, speaksFor));
      });
    });
}

function demoSubject(role: string | undefined): string {
  const subject = subjectOf[role ?? ''];
  if (subject !== undefined) return subject;
  const roles = Object.keys(subjectOf).join(', ');
  throw new CliError(`--subject is expected, or --role with one of ${roles}`);
}

async function firstAdmin(ledger: CliLedger, subject: string): Promise<void> {
  if ((await ledger.vault.secret('first-admin')) !== undefined) {
    throw new CliError('this ledger has an admin: they link sign-ins over HTTP');
  }
  const person = await ledger.vault.enterPerson(v5('first-admin', ledger.ledgerId));
  const body = { role: 'admin' as const };
  await handle(ledger, {
    definition: grantAuthority,
    subject: person,
    raw: body,
    body,
    key: v5('first-admin', ledger.ledgerId),
    actor: { id: systemActors.setup, role: 'setup' },
    own: new Set(),
    correlationId: v4(),
  });
  await ledger.vault.linkSignIn('local', subject, person);
  await ledger.vault.setSecret('first-admin', Buffer.from(person));
}
