#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { backupVerbs } from './cli/backup.ts';
import { type Cli, CliError } from './cli/context.ts';
import { exportVerb } from './cli/export.ts';
import { historyVerb } from './cli/history.ts';
import { importVerb } from './cli/import.ts';
import { keysLostVerb } from './cli/keys-lost.ts';
import { rebuildVerb } from './cli/rebuild.ts';
import { statementVerb } from './cli/statement.ts';
import { tokenVerb } from './cli/token.ts';
import { verifyVerb } from './cli/verify.ts';
import { backupsOf } from './main/backup.ts';
import { openLocalIssuer } from './main/local-issuer.ts';
import { acceptLoss, openForVerb } from './main/open-for-verb.ts';
import { readSettings } from './main/settings.ts';
import { startVerb } from './main/start.ts';

const now = (): string => new Date().toISOString();
const settings = () => readSettings(process.env);

const cli: Cli = {
  async open() {
    const { ledgerFile } = settings();
    if (!existsSync(ledgerFile)) {
      throw new CliError(`no ledger at ${ledgerFile}: set LEDGER_HOME, or begin one with start`);
    }
    return openForVerb(settings(), now);
  },
  print(line) {
    process.stdout.write(`${line}\n`);
  },
  terminal: process.stderr.isTTY === true,
};

const program = new Command('skills-ledger')
  .description('the continuing professional development ledger of a professional society')
  .showHelpAfterError('(--help shows what there is)');
startVerb(program, { env: process.env, now, print: cli.print, terminal: cli.terminal });
tokenVerb(program, cli, async (ledger, subject) => {
  const { signIn } = settings();
  if (signIn.kind !== 'local')
    throw new CliError(`tokens come from ${signIn.issuer}, not from here`);
  return (await openLocalIssuer(ledger.vault, signIn.audience, now)).mint(subject);
});
importVerb(program, cli);
historyVerb(program, cli);
statementVerb(program, cli);
exportVerb(program, cli);
rebuildVerb(program, cli);
verifyVerb(program, cli);
backupVerbs(program, backupsOf(settings, now), cli.print);

keysLostVerb(program, () => acceptLoss(settings(), now), cli.print);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(
    `skills-ledger: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
