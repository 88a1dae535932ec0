import { join, resolve } from 'node:path';
import { wrongAddress } from '../store/kurrentdb-address.ts';

/** What a ledger is started with. The table in `docs/reference/settings.md` says the same in words. */
export interface Settings {
  port: number;
  host: string;
  /** Folder of all files of a ledger. */
  home: string;
  /** Path of the embedded store's file; nothing is there where the ledger is on a cluster. */
  ledgerFile: string;
  /** The ledger on a cluster, where `LEDGER_STORE` names one. */
  cluster: (Cluster & { keptFile: string }) | undefined;
  /** Path of the vault's file; nothing is there where the vault is in PostgreSQL. */
  vaultFile: string;
  /** The vault in PostgreSQL, where `LEDGER_VAULT` names one: its address, and the ledger's name there. */
  vault: Cluster | undefined;
  viewsFile: string;
  evidence: string;
  /** The wrapping key as given, or undefined: a file of mode 0600 in the home. */
  key: string | undefined;
  keyFile: string;
  signIn: SignIn;
}

/** What is shared by several machines: a connection string, and the ledger's name there. */
export interface Cluster {
  address: string;
  name: string;
}

/** Who vouches for tokens: this ledger itself, or an issuer whose keys are fetched. */
export type SignIn =
  | { kind: 'local'; audience: string }
  | { kind: 'remote'; issuer: string; audience: string; jwks: string };

/** A setting that cannot be: the message says what would be right. */
export class SettingWrong extends Error {
  override name = 'SettingWrong';
}

/** Every setting by its name, with its default and what it means: the source of the documented table. */
export const settingsTable = [
  { name: 'PORT', default: '3000', means: 'TCP port of the server, 0 to 65535 (0: any free one)' },
  { name: 'HOST', default: '127.0.0.1', means: 'address to listen on' },
  { name: 'LEDGER_HOME', default: './data', means: 'folder of all files of a ledger' },
  {
    name: 'LEDGER_STORE',
    default: 'sqlite:',
    means:
      'connection string of the store; `sqlite:` is `$LEDGER_HOME/ledger.db`, `sqlite:PATH` another file; `esdb://HOST:PORT,...?tls=true` and `esdb+discover://HOST` are KurrentDB (EventStoreDB 22.10 or later), with `USER:PASSWORD@` before the host, or `userCertFile` and `userKeyFile`',
  },
  {
    name: 'LEDGER_NAME',
    default: 'ledger',
    means:
      'the ledger’s name on KurrentDB, where its streams begin with it and a full stop, and in PostgreSQL, where its schema is `vault_` and it: letters and digits',
  },
  {
    name: 'LEDGER_VAULT',
    default: 'sqlite:',
    means:
      'connection string of the vault; `sqlite:` is the file `$LEDGER_HOME/keys.db`; `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full` is PostgreSQL, shared by all processes of a ledger',
  },
  {
    name: 'LEDGER_KEY',
    default: '`$LEDGER_HOME/wrapping.key`',
    means:
      'wraps the vault’s keys: 32 bytes in base64url; by default a file of mode 0600 made at first start',
  },
  {
    name: 'LEDGER_EVIDENCE',
    default: '`$LEDGER_HOME/evidence`',
    means: 'folder of sealed evidence files',
  },
  {
    name: 'LEDGER_ISSUER',
    default: 'local',
    means: 'issuer of tokens; `local` is the ledger itself',
  },
  { name: 'LEDGER_AUDIENCE', default: 'skills-ledger', means: 'audience that a token must name' },
  {
    name: 'LEDGER_JWKS',
    default: '',
    means: 'address of the issuer’s keys (JWKS), where it is not local',
  },
] as const;

/**
 * Reads the settings from an environment.
 *
 * @throws SettingWrong on a value that cannot be, with what would be right
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const home = resolve(env['LEDGER_HOME'] || './data');
  const name = nameOf(env['LEDGER_NAME'] || 'ledger');
  return {
    port: portOf(env['PORT'] || '3000'),
    host: env['HOST'] || '127.0.0.1',
    home,
    ...storeOf(env['LEDGER_STORE'] || 'sqlite:', name, home),
    ...vaultOf(env['LEDGER_VAULT'] || 'sqlite:', name, home),
    viewsFile: join(home, 'views.db'),
    evidence: resolve(env['LEDGER_EVIDENCE'] || join(home, 'evidence')),
    key: env['LEDGER_KEY'] || undefined,
    keyFile: join(home, 'wrapping.key'),
    signIn: signInOf(env),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new SettingWrong(`PORT is "${text}": a number from 0 to 65535 would be right`);
  }
  return port;
}

function nameOf(name: string): string {
  if (/^[A-Za-z0-9]{1,50}$/.test(name)) return name;
  throw new SettingWrong(`LEDGER_NAME is "${name}": 1 to 50 letters and digits would be right`);
}

function storeOf(
  address: string,
  name: string,
  home: string,
): Pick<Settings, 'ledgerFile' | 'cluster'> {
  const ledgerFile = join(home, 'ledger.db');
  if (/^esdb(\+discover)?:/.test(address)) {
    const wrong = wrongAddress(address);
    if (wrong !== undefined) throw new SettingWrong(`LEDGER_STORE is wrong: ${wrong}`);
    return { ledgerFile, cluster: { address, name, keptFile: join(home, `log-${name}.index`) } };
  }
  if (!address.startsWith('sqlite:')) {
    const scheme = address.split(':')[0];
    throw new SettingWrong(
      `LEDGER_STORE begins with "${scheme}:": sqlite:, sqlite:PATH or esdb://HOST:PORT would be right`,
    );
  }
  const path = address.slice('sqlite:'.length);
  return { ledgerFile: path === '' ? ledgerFile : resolve(path), cluster: undefined };
}

function vaultOf(
  address: string,
  name: string,
  home: string,
): Pick<Settings, 'vaultFile' | 'vault'> {
  const vaultFile = join(home, 'keys.db');
  if (/^postgres(ql)?:/.test(address)) {
    if (URL.canParse(address) && new URL(address).hostname !== '') {
      return { vaultFile, vault: { address, name } };
    }
    // The address holds a password: it is not shown.
    throw new SettingWrong(
      'LEDGER_VAULT is no address: postgres://USER:PASSWORD@HOST:PORT/DATABASE would be right',
    );
  }
  if (address === 'sqlite:') return { vaultFile, vault: undefined };
  const scheme = address.split(':')[0];
  throw new SettingWrong(
    `LEDGER_VAULT begins with "${scheme}:": sqlite: or postgres://HOST/DATABASE would be right`,
  );
}

/** Whether a ledger lies in files alone, so that it can be made beside and moved in, and copied as files. */
export function isEmbedded({ cluster, vault }: Settings): boolean {
  return cluster === undefined && vault === undefined;
}

function signInOf(env: Record<string, string | undefined>): SignIn {
  const issuer = env['LEDGER_ISSUER'] || 'local';
  const jwks = env['LEDGER_JWKS'] || '';
  const audience = env['LEDGER_AUDIENCE'] || 'skills-ledger';
  if (issuer === 'local') {
    if (jwks !== '')
      throw new SettingWrong('LEDGER_JWKS is set: LEDGER_ISSUER must name its issuer too');
    return { kind: 'local', audience };
  }
  if (!URL.canParse(jwks) || !/^https?:$/.test(new URL(jwks).protocol)) {
    throw new SettingWrong(
      `LEDGER_JWKS is "${jwks}": the http(s) address of the keys of ${issuer} would be right`,
    );
  }
  return { kind: 'remote', issuer, audience, jwks };
}
