#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { type Cli, CliError } from './cli/context.ts';
import { exportVerb } from './cli/export.ts';
import { historyVerb } from './cli/history.ts';
import { statementVerb } from './cli/statement.ts';
import { tokenVerb } from './cli/token.ts';
import { verifyVerb } from './cli/verify.ts';
import { openLocalIssuer } from './main/local-issuer.ts';
import { openLedger } from './main/open.ts';
import { readSettings } from './main/settings.ts';
import { startVerb } from './main/start.ts';

const now = (): string => new Date().toISOString();

const cli: Cli = {
  async open() {
    const settings = readSettings(process.env);
    if (!existsSync(settings.ledgerFile)) {
      throw new CliError(`no ledger at ${settings.ledgerFile}: set LEDGER_HOME, or begin one with start`);
    }
    return openLedger(settings, now, { name: '', demo: false });
  },
  print(line) {
    process.stdout.write(`${line}\n`);
  },
  terminal: process.stdout.isTTY === true,
};

const program = new Command('skills-ledger')
  .description('the continuing professional development ledger of a professional society')
  .showHelpAfterError('(--help shows what there is)');
startVerb(program, { env: process.env, now, print: cli.print });
tokenVerb(program, cli, async (ledger, subject) => {
  const issuer = await openLocalIssuer(ledger.vault, 'skills-ledger', now);
  return issuer.mint(subject);
});
historyVerb(program, cli);
statementVerb(program, cli);
exportVerb(program, cli);
verifyVerb(program, cli);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`skills-ledger: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
