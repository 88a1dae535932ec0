#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { type Cli, CliError } from './cli/context.ts';
import { visible } from './cli/visible.ts';
import { programOf } from './main/program.ts';
import { readSettings } from './main/settings.ts';

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
  async open() {
    const found = settingsOfLedger();
    return (await import('./main/open-for-verb.ts')).openForVerb(found, now);
  },
  async openStore() {
    const found = settingsOfLedger();
    const { openToRead, shownPlace } = await import('./main/places.ts');
    const store = await openToRead(found);
    if ((await store.head()).count > 0) return store;
    await store.close();
    throw new CliError(
      `no ledger at ${shownPlace(found)}: set ${found.cluster === undefined ? 'LEDGER_HOME' : 'LEDGER_NAME'}, or begin one with start`,
    );
  },
  print(line) {
    if (readerGone) throw new ReaderGone();
    process.stdout.write(`${line}\n`);
  },
  terminal: process.stderr.isTTY === true,
};

const { print, terminal } = cli;
const root = { cli, env: process.env, now, settings, settingsOfLedger, print, terminal };

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  readerGone = true;
});
try {
  await (await programOf(root, process.argv[2])).parseAsync();
} catch (error) {
  if (!(error instanceof ReaderGone)) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`skills-ledger: ${message.split('\n').map(visible).join('\n')}\n`);
    process.exitCode = 1;
  }
}
