#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { backupVerbs } from './cli/backup.ts';
import { capabilityVerb } from './cli/capability.ts';
import { closeVerb } from './cli/close.ts';
import { lettersVerb } from './cli/close-letters.ts';
import { type Cli, CliError } from './cli/context.ts';
import { copyVerb } from './cli/copy.ts';
import { coverageVerb } from './cli/coverage.ts';
import { disposeVerb } from './cli/dispose.ts';
import { explainVerb } from './cli/explain.ts';
import { exportVerb } from './cli/export.ts';
import { historyVerb } from './cli/history.ts';
import { importVerb } from './cli/import.ts';
import { keysLostVerb } from './cli/keys-lost.ts';
import { projectVerb } from './cli/project.ts';
import { rebuildVerb } from './cli/rebuild.ts';
import { releaseVerb } from './cli/release.ts';
import { rulebookVerb } from './cli/rulebook.ts';
import { standingVerb } from './cli/standing.ts';
import { statementVerb } from './cli/statement.ts';
import { supportVerb } from './cli/support.ts';
import { tokenVerb } from './cli/token.ts';
import { verifyVerb } from './cli/verify.ts';
import { visible } from './cli/visible.ts';
import { backupsOf } from './main/backup.ts';
import { benchVerb } from './main/bench.ts';
import { copiesOf } from './main/copy.ts';
import { openLocalIssuer } from './main/local-issuer.ts';
import { acceptLoss, openForVerb } from './main/open-for-verb.ts';
import { openToRead } from './main/places.ts';
import { projectionProcess } from './main/project.ts';
import { readSettings } from './main/settings.ts';
import { startVerb } from './main/start.ts';

const now = (): string => new Date().toISOString();
const settings = () => readSettings(process.env);

/** The settings of a ledger that is there: a verb that only looks makes none. */
const settingsOfLedger = () => {
  const found = settings();
  if (found.cluster !== undefined || existsSync(found.ledgerFile)) return found;
  throw new CliError(`no ledger at ${found.ledgerFile}: set LEDGER_HOME, or begin one with start`);
};

/** A reader that has seen enough (`| head`) is no error: the verb ends, and lets go of the ledger. */
class ReaderGone extends Error {}
let readerGone = false;

const cli: Cli = {
  open: async () => openForVerb(settingsOfLedger(), now),
  openStore: async () => openToRead(settingsOfLedger()),
  print(line) {
    if (readerGone) throw new ReaderGone();
    process.stdout.write(`${line}\n`);
  },
  terminal: process.stderr.isTTY === true,
};

const program = new Command('skills-ledger')
  .description('the continuing professional development ledger of a professional society')
  .version(versionOf(new URL('../../package.json', import.meta.url)))
  .configureOutput({
    // One line, as all errors here.
    outputError: (text, write) =>
      write(`skills-ledger: ${oneLine(text)} (--help shows what is expected)\n`),
  });
startVerb(program, { env: process.env, now, print: cli.print, terminal: cli.terminal });
tokenVerb(program, cli, () => {
  const { signIn } = settings();
  if (signIn.kind !== 'local') {
    throw new CliError(`tokens come from ${signIn.issuer} (LEDGER_ISSUER), not from here`);
  }
  return async ({ vault }, subject) =>
    (await openLocalIssuer(vault, signIn.audience, now)).mint(subject);
});
importVerb(program, cli);
rulebookVerb(program, cli);
historyVerb(program, cli);
statementVerb(program, cli);
standingVerb(program, cli);
releaseVerb(program, cli);
capabilityVerb(program, cli);
coverageVerb(program, cli);
supportVerb(program, cli);
explainVerb(program, cli);
closeVerb(program, cli);
lettersVerb(program, cli);
disposeVerb(program, cli);
exportVerb(program, cli);
projectVerb(program, cli, () => projectionProcess(process.env));
rebuildVerb(program, cli);
verifyVerb(program, cli);
backupVerbs(program, backupsOf({ settings, settingsOfLedger, now }), cli.print);
copyVerb(program, copiesOf(process.env), cli);
keysLostVerb(program, () => acceptLoss(settingsOfLedger(), now), cli.print);
benchVerb(program);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  readerGone = true;
});
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ReaderGone)) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`skills-ledger: ${message.split('\n').map(visible).join('\n')}\n`);
    process.exitCode = 1;
  }
}

function versionOf(packageFile: URL): string {
  return (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}
