import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backups } from '../cli/backup.ts';
import { CliError } from '../cli/context.ts';
import { verifyLedger } from '../projections/verify.ts';
import { copyDatabase } from '../store/sqlite-backup.ts';
import { openLedger } from './open.ts';
import type { Settings } from './settings.ts';

/** Backups of an embedded ledger: ledger and evidence in one folder, the vault in another. */
export function backupsOf(settings: () => Settings, now: () => string): Backups {
  return {
    async backup(folder) {
      const from = settings();
      mustBeThere(from.ledgerFile);
      mustBeEmpty(folder);
      const ledger = join(folder, 'ledger');
      const vault = join(folder, 'vault');
      for (const made of [ledger, vault]) mkdirSync(made, { recursive: true, mode: 0o700 });
      // The ledger before what it names: every key and every file of its facts is then there.
      copyDatabase(from.ledgerFile, join(ledger, 'ledger.db'));
      cpSync(from.evidence, join(ledger, 'evidence'), { recursive: true });
      copyDatabase(from.vaultFile, join(vault, 'keys.db'));
      return [
        `ledger and evidence: ${ledger}`,
        `vault: ${vault} (keep it apart, and for a short time)`,
        'the wrapping key is in no backup: without it nothing sealed can be opened',
      ];
    },
    async restore(folder, vaultFolder = folder) {
      const to = settings();
      const ledger = join(folder, 'ledger', 'ledger.db');
      const vault = join(vaultFolder, 'vault', 'keys.db');
      for (const file of [ledger, vault]) mustBeThere(file);
      for (const file of [to.ledgerFile, to.vaultFile]) {
        if (existsSync(file))
          throw new CliError(`${file} is there: an empty LEDGER_HOME is expected`);
      }
      if (to.key === undefined && !existsSync(to.keyFile)) {
        throw new CliError(
          `the wrapping key is missing: set LEDGER_KEY, or put it at ${to.keyFile}`,
        );
      }
      mkdirSync(to.home, { recursive: true });
      const evidence = join(folder, 'ledger', 'evidence');
      if (existsSync(evidence)) cpSync(evidence, to.evidence, { recursive: true });
      copyDatabase(vault, to.vaultFile);
      copyDatabase(ledger, to.ledgerFile);
      return checked(to, now);
    },
  };
}

/** Opening reconciles: keys of what had been erased are destroyed again. Then the whole is verified. */
async function checked(settings: Settings, now: () => string): Promise<string[]> {
  const ledger = await openLedger(settings, now, { name: '', demo: false });
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
      `${erased} keys of what was erased are destroyed`,
    ];
  } finally {
    await ledger.close();
  }
}

function mustBeThere(file: string): void {
  if (!existsSync(file)) throw new CliError(`${file} is not there`);
}

function mustBeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError(`${folder} is not empty: a new folder is expected`);
  }
}
