import type { Command } from 'commander';
import type { Print } from './context.ts';

/** Makes and brings back backups; the composition root knows the files. */
export interface Backups {
  backup(folder: string): Promise<string[]>;
  restore(folder: string, vault: string | undefined): Promise<string[]>;
}

/** `backup DIR` and `restore DIR`. */
export function backupVerbs(program: Command, backups: Backups, print: Print): void {
  program
    .command('backup <folder>')
    .description('copy ledger, evidence and vault into a new folder, while the ledger runs')
    .addHelpText(
      'after',
      '\nThe vault is a folder of its own: keep it apart, and for a short time, as it holds the keys of what may be\nerased. The wrapping key (LEDGER_KEY, or wrapping.key) is in no backup: keep it elsewhere.\n\nExample:\n  skills-ledger backup /srv/backup/2026-01-31',
    )
    .action(async (folder: string) => {
      for (const line of await backups.backup(folder)) print(line);
    });
  program
    .command('restore <folder>')
    .description('bring a backup back into an empty LEDGER_HOME, and check it')
    .option('--vault <folder>', 'the backup whose vault is taken, where it is another')
    .addHelpText(
      'after',
      '\nExample:\n  LEDGER_HOME=/srv/ledger skills-ledger restore /srv/backup/2026-01-31',
    )
    .action(async (folder: string, { vault }: { vault?: string }) => {
      for (const line of await backups.restore(folder, vault)) print(line);
    });
}
