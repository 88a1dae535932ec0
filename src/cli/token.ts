import type { Command } from 'commander';
import { v4, v5 } from 'uuid';
import { grantAuthority } from '../commands/authority.ts';
import { handle } from '../commands/handle.ts';
import { systemActors } from '../events/shapes.ts';
import { type Cli, CliError, type CliLedger, withLedger } from './context.ts';

/** Makes tokens of the local issuer. */
export type Mint = (ledger: CliLedger, subject: string) => Promise<string>;

/**
 * `token`: a token for a subject of the local issuer. `--role admin` on a ledger without that subject has
 * `setup` grant it, so that a new ledger can be begun.
 */
export function tokenVerb(program: Command, cli: Cli, mint: Mint): void {
  program
    .command('token')
    .description('make a token of the local issuer, good for 12 hours')
    .requiredOption(
      '--subject <name>',
      'who the token speaks for (of the demo: admin, assessor, ...)',
    )
    .option('--role <role>', 'admin: on a ledger without this subject, setup grants it')
    .addHelpText('after', '\nExample:\n  skills-ledger token --subject admin --role admin')
    .action(async ({ subject, role }: { subject: string; role?: string }) => {
      await withLedger(cli, async (ledger) => {
        const person = await ledger.vault.personOf('local', subject);
        if (person === undefined) {
          if (role !== 'admin') {
            throw new CliError(`nobody signs in as "${subject}": --role admin begins a new ledger`);
          }
          await firstAdmin(ledger, subject);
        }
        cli.print(await mint(ledger, subject));
      });
    });
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
