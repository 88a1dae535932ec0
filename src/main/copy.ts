import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli/context.ts';
import type { Copies } from '../cli/copy.ts';
import { sameReports, sameStatements, takingPart } from '../projections/same-answers.ts';
import { compareFacts, copyFacts } from '../store/copy.ts';
import { openPostgresRows } from '../vault/postgres-rows.ts';
import { summary, type VaultRows } from '../vault/rows.ts';
import { openSqliteRows } from '../vault/sqlite-rows.ts';
import { openStore, openToRead, shownPlace } from './places.ts';
import { readSettings, type Settings, SettingWrong } from './settings.ts';

/** Copies of a ledger from one place to another, by addresses as the settings have them. */
export function copiesOf(env: Record<string, string | undefined>): Copies {
  return {
    async vault(from, to) {
      const source = await vaultAt(env, from, true);
      try {
        const target = await vaultAt(env, to, false);
        try {
          return await copyVault(source, target);
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    },

    async facts(from, to, onProgress) {
      const [ours, theirs] = [from, to].map((address) => placeOf(env, address));
      if (ours === undefined || theirs === undefined) throw new Error('two places are named');
      if (ours.cluster === undefined && !existsSync(ours.ledgerFile)) {
        throw new CliError(`no ledger at ${ours.ledgerFile}`);
      }
      const source = await openToRead(ours);
      try {
        if ((await source.head()).count === 0)
          throw new CliError(`no ledger at ${shownPlace(ours)}`);
        const target = await openStore(theirs, true);
        try {
          const { facts, written } = await copyFacts(source, target, onProgress('facts copied'));
          const taking = takingPart();
          await compareFacts(source, target, facts, onProgress('facts compared'), taking.see);
          const both = [source, target] as const;
          const comparing = onProgress('statements compared');
          const { statements, digest } = await sameStatements([...both], taking, comparing);
          mkdirSync(ours.home, { recursive: true });
          const building = onProgress('facts of the reports');
          const tables = await sameReports([...both], ours.home, (count) => building(count, facts));
          return [
            `${facts} facts in ${shownPlace(theirs)}, ${written} of them written now`,
            `compared: ${facts} facts by their bytes and index; ${statements} statements, digest ${digest}; ${tables} tables of reports, row for row`,
            ...(await grown(source, facts)),
          ];
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    },
  };
}

async function grown(
  source: Awaited<ReturnType<typeof openStore>>,
  facts: number,
): Promise<string[]> {
  const more = (await source.head()).count - facts;
  return more === 0 ? [] : [`the source has ${more} facts more by now: copy again`];
}

async function copyVault(source: VaultRows, target: VaultRows): Promise<string[]> {
  const ours = await summary(source);
  if (ours.rows === 0) throw new CliError('there is no vault to copy');
  const before = await summary(target);
  if (before.digest === ours.digest) return [`${ours.rows} rows of the vault are there already`];
  if (before.rows > 0) {
    throw new CliError('the target holds another vault, or one that was used: nothing was written');
  }
  await target.take(source);
  const after = await summary(target);
  if (after.digest !== ours.digest) throw new CliError('the vault was copied, but is another');
  return [`${after.rows} rows of the vault copied and compared, digest ${after.digest}`];
}

function placeOf(env: Record<string, string | undefined>, address: string): Settings {
  return readSettings({ ...env, LEDGER_STORE: address });
}

async function vaultAt(
  env: Record<string, string | undefined>,
  address: string,
  source: boolean,
): Promise<VaultRows> {
  const named = /^sqlite:(.+)$/.exec(address)?.[1];
  const settings = readSettings({
    ...env,
    LEDGER_VAULT: named === undefined ? address : 'sqlite:',
  });
  if (settings.vault !== undefined) {
    return openPostgresRows(settings.vault.address, settings.vault.name);
  }
  const path = named === undefined ? settings.vaultFile : resolve(named);
  if (source && !existsSync(path)) throw new SettingWrong(`no vault at ${path}`);
  return openSqliteRows(path);
}
