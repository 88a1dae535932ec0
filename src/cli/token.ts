import { type Command, Option } from 'commander';
import { v4, v5 } from 'uuid';
import { grantAuthority } from '../commands/authority.ts';
import { handle } from '../commands/handle.ts';
import { systemActors } from '../events/shapes.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

/** Makes tokens of the local issuer. @throws CliError where another issuer is set */
export type Issuer = () => (ledger: CliLedger, subject: string) => Promise<string>;

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
const roles = Object.keys(subjectOf);

/**
 * `token`: a token of the local issuer, for a subject or for the demo person who holds a role. `--role admin` on a
 * ledger without an admin has `setup` grant it, so that a new ledger can be begun.
 */
export function tokenVerb(program: Command, cli: Cli, issuer: Issuer): void {
  program
    .command('token')
    .description('make a token of the local issuer, good for 12 hours')
    .option('--subject <name>', 'who the token speaks for')
    .addOption(
      new Option('--role <role>', 'in place of a subject: who holds it in the demo').choices(roles),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  skills-ledger token --role assessor\n  skills-ledger token --subject jane --role admin   (begins a new ledger)',
    )
    .action(async ({ subject, role }: { subject?: string; role?: string }) => {
      const mint = issuer();
      const speaksFor = subjectFrom(subject, role);
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

function subjectFrom(subject: string | undefined, role: string | undefined): string {
  if (subject !== undefined && role !== undefined && role !== 'admin') {
    throw new CliError('--subject or --role is expected, not both: a token says who, never a role');
  }
  const speaksFor = subject ?? subjectOf[role ?? ''];
  if (speaksFor !== undefined) return speaksFor;
  throw new CliError(`--subject is expected, or --role with one of ${roles.join(', ')}`);
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
  await ledger.vault.keepSecret('first-admin', Buffer.from(person));
}
