import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { v4 } from 'uuid';
import type { CliLedger } from '../../src/cli/context.ts';
import { importVerb } from '../../src/cli/import.ts';
import { grantAuthority } from '../../src/commands/authority.ts';
import { beginning } from '../../src/commands/begin.ts';
import { handle } from '../../src/commands/handle.ts';
import { publishRulebook } from '../../src/commands/scheme.ts';
import { decode } from '../../src/events/codec.ts';
import { type AnyFact, registry } from '../../src/events/registry.ts';
import { systemActors } from '../../src/events/shapes.ts';
import type { ImportReport } from '../../src/import/import.ts';
import { openLedger } from '../../src/main/open.ts';
import { openForVerb } from '../../src/main/open-for-verb.ts';
import { openToRead } from '../../src/main/places.ts';
import { readSettings } from '../../src/main/settings.ts';
import { rulebook } from './society.ts';
import { tempDir } from './temp.ts';

const now = (): string => new Date().toISOString();

/** What an import printed with `--json`, and the line that it ended with. */
export interface Imported extends ImportReport {
  failed: string | undefined;
}

/** A ledger in a folder of its own, with an admin who signs in as `jane` and a scheme with a rulebook. */
export interface ImportingSociety {
  home: string;
  scheme: string;
  admin: string;
  /** Writes a file and imports it; `text` as UTF-8, bytes as they are. */
  import(kind: string, file: string | Uint8Array, ...options: string[]): Promise<Imported>;
  /** Every fact of the ledger, in order. */
  facts(): Promise<AnyFact[]>;
  /** Does something with the ledger open. */
  with<T>(act: (ledger: CliLedger) => Promise<T>): Promise<T>;
}

/** Begins a society into which files are imported by the verb of the command line. */
export async function importingSociety(): Promise<ImportingSociety> {
  const home = tempDir();
  const settings = readSettings({ LEDGER_HOME: home });
  const begun = await begin(home);

  async function withLedger<T>(act: (ledger: CliLedger) => Promise<T>): Promise<T> {
    const ledger = await openForVerb(settings, now);
    return act(ledger).finally(ledger.close);
  }

  return {
    home,
    ...begun,
    with: withLedger,
    async import(kind, file, ...options) {
      const path = join(home, 'file.csv');
      writeFileSync(path, file);
      return importing(settings, [kind, path, '--json', '--by', 'jane', ...options]);
    },
    facts: () =>
      withLedger(async ({ store }) => {
        const stored = await store.readAll(undefined, 100_000);
        return stored.map((fact) => decode(fact, registry, true) as AnyFact);
      }),
  };
}

async function importing(
  settings: ReturnType<typeof readSettings>,
  words: string[],
): Promise<Imported> {
  const lines: string[] = [];
  const program = new Command().exitOverride();
  importVerb(program, {
    open: () => openForVerb(settings, now),
    openStore: () => openToRead(settings),
    print: (line) => void lines.push(line),
    terminal: false,
  });
  let failed: string | undefined;
  try {
    await program.parseAsync(['import', ...words], { from: 'user' });
  } catch (error) {
    failed = (error as Error).message;
    if (lines.length === 0) throw error;
  }
  return { ...JSON.parse(lines.join('\n')), failed };
}

async function begin(home: string): Promise<{ scheme: string; admin: string }> {
  const settings = readSettings({ LEDGER_HOME: home });
  const ledger = await openLedger(settings, now, { name: 'Test Society', demo: false });
  const actor = { id: systemActors.setup, role: 'setup' as const };
  const asking = { actor, own: new Set<string>(), correlationId: v4(), key: v4() };
  const admin = await ledger.vault.enterPerson(v4());
  const grant = { role: 'admin' as const };
  const granting = { definition: grantAuthority, subject: admin, raw: grant, body: grant };
  await handle(ledger, { ...granting, ...asking });
  await ledger.vault.linkSignIn('local', 'jane', admin);
  const raw = { version: 1, effectiveFrom: '2020-01-01', rulebook };
  const body = publishRulebook.body.parse(raw);
  const { subject, commandId } = beginning(ledger.ledgerId, actor.id, 'scheme', asking.key);
  await handle(ledger, { definition: publishRulebook, subject, commandId, raw, body, ...asking });
  await ledger.close();
  return { scheme: subject, admin };
}
