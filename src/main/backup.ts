import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Backups } from '../cli/backup.ts';
import { CliError } from '../cli/context.ts';
import { KeysMissing } from '../commands/reconcile.ts';
import { verifyLedger } from '../projections/verify.ts';
import { copyDatabase } from '../store/sqlite-backup.ts';
import { openLedger } from './open.ts';
import { shownPlace } from './places.ts';
import type { Settings } from './settings.ts';

/** Backups of an embedded ledger: ledger and evidence in one folder, the vault in another. */
export function backupsOf({ settings, settingsOfLedger, now }: Source): Backups {
  return {
    async backup(folder) {
      const from = settingsOfLedger();
      mustBeFile(from);
      mustBeEmpty(folder);
      const ledger = join(folder, 'ledger');
      const vault = join(folder, 'vault');
      for (const made of [ledger, vault]) mkdirSync(made, { recursive: true, mode: 0o700 });
      // The ledger before what it names: every key and every file of its facts is then there.
      copyDatabase(from.ledgerFile, join(ledger, 'ledger.db'));
      copyFiles(from.evidence, join(ledger, 'evidence'));
      copyDatabase(from.vaultFile, join(vault, 'keys.db'));
      return [
        `ledger and evidence: ${ledger}`,
        `vault: ${vault} (keep it apart, and for a short time)`,
        'the wrapping key is in no backup: without it nothing sealed can be opened',
      ];
    },
    async restore(folder, vaultFolder = folder) {
      const to = settings();
      mustBeFile(to);
      const ledger = join(folder, 'ledger', 'ledger.db');
      const vault = join(vaultFolder, 'vault', 'keys.db');
      for (const file of [ledger, vault]) mustBeThere(file);
      mustBeFree(to);
      mkdirSync(to.home, { recursive: true });
      copyFiles(join(folder, 'ledger', 'evidence'), to.evidence);
      copyDatabase(vault, to.vaultFile);
      copyDatabase(ledger, to.ledgerFile);
      return checked(to, now);
    },
  };
}

/** Where the files are: `settingsOfLedger` refuses where there is no ledger. */
interface Source {
  settings: () => Settings;
  settingsOfLedger: () => Settings;
  now: () => string;
}

function mustBeFile(settings: Settings): void {
  if (settings.cluster !== undefined) {
    const place = shownPlace(settings);
    throw new CliError(`the ledger is ${place}: a cluster is backed up by its own means`);
  }
  if (settings.vault !== undefined) {
    throw new CliError(
      'the vault is in PostgreSQL: it is backed up by its own means, the ledger too',
    );
  }
}

function mustBeFree({ ledgerFile, vaultFile, key, keyFile }: Settings): void {
  for (const file of [ledgerFile, vaultFile]) {
    if (existsSync(file)) throw new CliError(`${file} is there: an empty LEDGER_HOME is expected`);
  }
  if (key === undefined && !existsSync(keyFile)) {
    throw new CliError(`the wrapping key is missing: set LEDGER_KEY, or put it at ${keyFile}`);
  }
}

/** Every whole file of a folder. One that is erased meanwhile is none: its key is gone as well. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from).filter((file) => /^[0-9a-f]{64}$/.test(file))) {
    try {
      copyFileSync(join(from, name), join(to, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Opening reconciles: keys of what had been erased are destroyed again. Then the whole is verified. */
async function checked(settings: Settings, now: () => string): Promise<string[]> {
  const ledger = await openLedger(settings, now, { name: '', demo: false }).catch(
    (error: unknown) => {
      // Lost keys may be stated as lost; anything else is mended before it is tried again.
      if (!(error instanceof KeysMissing)) removeDatabases(settings);
      throw error;
    },
  );
  try {
    const erased = (await ledger.vault.erasedKids()).size;
    const { facts, findings } = await verifyLedger(ledger.store, {
      now: ledger.now,
      evidence: ledger.evidence,
    });
    const first = findings[0];
    if (first !== undefined) throw new CliError(`restored, but it does not verify: ${first.says}`);
    return [
      `restored ${facts} facts to ${settings.home}; all of them verify`,
      `${erased} keys of what was erased are destroyed, before the backup or now`,
      'what was erased after both ledger and vault were copied is not known here: erase it again',
    ];
  } finally {
    await ledger.close();
  }
}

function removeDatabases({ ledgerFile, vaultFile }: Settings): void {
  for (const file of [ledgerFile, vaultFile]) {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  }
}

function mustBeThere(file: string): void {
  if (!existsSync(file))
    throw new CliError(`${file} is not there: a folder made by backup is expected`);
}

function mustBeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError(`${folder} is not empty: a new folder is expected`);
  }
}
