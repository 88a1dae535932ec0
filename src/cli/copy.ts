import type { Command } from 'commander';
import { type Cli, CliError, progressBar } from './context.ts';

/** Copies whole ledgers; the composition root knows stores and vaults. */
export interface Copies {
  /** @returns lines that say what is there now */
  vault(from: string, to: string): Promise<string[]>;
  facts(
    from: string,
    to: string,
    onProgress: (what: CopyStep) => (count: number, of: number) => void,
  ): Promise<string[]>;
}

const copySteps = [
  'facts copied',
  'facts compared',
  'statements compared',
  'facts of the reports',
] as const;
export type CopyStep = (typeof copySteps)[number];

interface Options {
  from?: string;
  to?: string;
  vaultFrom?: string;
  vaultTo?: string;
}

/** `copy`: a ledger to another store, or its vault to another. */
export function copyVerb(
  program: Command,
  copies: Copies,
  cli: Pick<Cli, 'print' | 'terminal'>,
): void {
  program
    .command('copy')
    .description(
      'copy a ledger to an empty store, or its vault to an empty vault, and compare the two; stopped, it goes on where it was',
    )
    .option(
      '--vault-from <address>',
      'the vault that is copied: sqlite:PATH or postgres://HOST/DATABASE',
    )
    .option('--vault-to <address>', 'where to')
    .option('--from <address>', 'the store that is copied: sqlite:PATH or esdb://HOST:PORT')
    .option('--to <address>', 'where to')
    .addHelpText(
      'after',
      '\nEnd every process of the ledger first. The vault goes before the facts, since these are read with its keys; LEDGER_KEY\n' +
        'stays what it is, and evidence files stay where they are. On a cluster and in PostgreSQL the ledger is called\n' +
        'LEDGER_NAME.\n\nExample:\n' +
        '  skills-ledger copy --vault-from sqlite:data/keys.db --vault-to postgres://ledger@database/vault\n' +
        '  skills-ledger copy --from sqlite:data/ledger.db --to esdb://node1:2113?tls=true',
    )
    .action(async ({ from, to, vaultFrom, vaultTo }: Options) => {
      const vaults = pairOf(vaultFrom, vaultTo, '--vault-from', '--vault-to');
      const stores = pairOf(from, to, '--from', '--to');
      if (vaults === undefined && stores === undefined) {
        throw new CliError('--vault-from and --vault-to, or --from and --to, are expected');
      }
      if (vaults !== undefined) {
        for (const line of await copies.vault(...vaults)) cli.print(line);
      }
      if (stores === undefined) return;
      const bars: ReturnType<typeof progressBar>[] = [];
      const lines = await copies
        .facts(...stores, (what) => {
          bars.at(-1)?.end();
          const bar = progressBar(cli.terminal, what);
          bars.push(bar);
          return bar.at;
        })
        .finally(() => bars.at(-1)?.end());
      for (const line of lines) cli.print(line);
    });
}

function pairOf(
  from: string | undefined,
  to: string | undefined,
  ...names: [string, string]
): [string, string] | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined)
    throw new CliError(`${names.join(' and ')} go together`);
  if (from === to) throw new CliError(`${names.join(' and ')} are the same`);
  return [from, to];
}
