import { v4, v5 } from 'uuid';
import { type Directory, directoryOver } from '../commands/directory.ts';
import { eraseAnewAll } from '../commands/erase-anew.ts';
import { handle, type Ledger } from '../commands/handle.ts';
import { openLedger as openLedgerCommand, stateKeysLost } from '../commands/ledger.ts';
import { KeysMissing, keepReconciled, reconcile } from '../commands/reconcile.ts';
import { Rejection } from '../commands/rejection.ts';
import { foldedStreams } from '../commands/streams.ts';
import { systemActors } from '../events/shapes.ts';
import type { EventStore } from '../store/event-store.ts';
import { openEvidenceFolder } from '../vault/evidence.ts';
import { type EvidenceStore, type Vault, VaultRefused } from '../vault/vault.ts';
import { readWrappingKey } from '../vault/wrapping-key.ts';
import { makeFolders, openStore, shownPlace } from './places.ts';
import type { Settings } from './settings.ts';
import { openVault } from './vaults.ts';

/** A ledger that is open: all that commands run on, and how to let go of it. */
export interface OpenLedger extends Ledger {
  name: string;
  demo: boolean;
  evidence: EvidenceStore;
  directory: Directory;
  /** Why erasures and registrations of others are not followed just now, if they are not. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

/** What a new ledger is called, and whether it is a demo. */
export interface Beginning {
  name: string;
  demo: boolean;
}

/** Days of a ledger are those of this zone. */
export const ZONE = 'Europe/London';

/**
 * Opens the ledger of these settings, making it where there is none: store and vault, reconciled.
 *
 * @param begin what a new ledger is called, and whether its generator's clock may run through the years; absent
 *   where none is to be begun
 * @param acceptLoss whether keys that are missing are stated as lost
 */
export async function openLedger(
  settings: Settings,
  now: () => string,
  begin?: Beginning,
  acceptLoss = false,
): Promise<OpenLedger> {
  // What settings name is looked at before anything is made: a start that stops leaves no ledger behind that the
  // next would take for one that was begun.
  makeFolders(settings);
  const wrappingKey = readWrappingKey({ given: settings.key, file: settings.keyFile });
  const store = await openStore(settings);
  let vault: Vault | undefined;
  try {
    let existing = await openedAs(store);
    if (existing === undefined && begin === undefined) {
      throw new Error(`no ledger at ${shownPlace(settings)}: begin one with start`);
    }
    vault = await openVault(settings, existing?.ledgerId, wrappingKey, now).catch(
      async (error: unknown) => {
        if (existing !== undefined || !(error instanceof VaultRefused)) throw error;
        // Another process may have begun it since the store was looked at.
        existing = await openedAs(store);
        if (existing === undefined) throw error;
        return openVault(settings, existing.ledgerId, wrappingKey, now);
      },
    );
    const { ledgerId } = vault;
    const streams = foldedStreams(store);
    const ledger: Ledger = { ledgerId, zone: ZONE, store, vault, streams, now };
    const opened = existing ?? (await beginLedger(ledger, begin as Beginning));
    return await followed(settings, ledger, opened, acceptLoss);
  } catch (error) {
    await store.close();
    await vault?.close();
    throw error;
  }
}

async function followed(
  settings: Settings,
  ledger: Ledger,
  opened: Opened,
  acceptLoss: boolean,
): Promise<OpenLedger> {
  const { store, vault } = ledger;
  const directory = directoryOver(vault);
  const anew = await reconcile(store, vault, directory).catch(async (error: unknown) => {
    if (!(error instanceof KeysMissing) || !acceptLoss) throw error;
    await stateLoss(ledger, error.kids);
    return reconcile(store, vault, directory);
  });
  await eraseAnewAll(ledger, anew);
  const ending = new AbortController();
  let trouble: string | undefined;
  const following = keepReconciled(store, vault, directory, ending.signal, (told) => {
    trouble = told;
  });
  return {
    ...ledger,
    ...opened,
    evidence: openEvidenceFolder({ folder: settings.evidence }),
    directory,
    trouble: () => trouble,
    async close() {
      ending.abort();
      await following;
      await store.close();
      await vault.close();
    },
  };
}

interface Opened {
  ledgerId: string;
  name: string;
  demo: boolean;
}

async function stateLoss(ledger: Ledger, missing: readonly string[]): Promise<void> {
  for (let at = 0; at < missing.length; at += KIDS_PER_FACT) {
    const body = { kids: missing.slice(at, at + KIDS_PER_FACT) };
    await handle(ledger, {
      definition: stateKeysLost,
      subject: '',
      raw: body,
      body,
      key: v4(),
      actor: { id: systemActors.setup, role: 'setup' },
      own: new Set(),
      correlationId: v4(),
    });
  }
}

const KIDS_PER_FACT = 1_000;

async function openedAs(store: EventStore): Promise<Opened | undefined> {
  const { ledgerId, name, demo } = (await foldedStreams(store).load('ledger', '')).state;
  if (ledgerId === undefined || name === undefined) return undefined;
  return { ledgerId, name, demo: demo ?? false };
}

async function beginLedger(ledger: Ledger, begin: Beginning): Promise<Opened> {
  const body = { ledgerId: ledger.ledgerId, name: begin.name, demo: begin.demo };
  try {
    await handle(ledger, {
      definition: openLedgerCommand,
      subject: '',
      raw: body,
      body,
      key: v5('open', ledger.ledgerId),
      actor: { id: systemActors.setup, role: 'setup' },
      own: new Set([systemActors.setup]),
      correlationId: v4(),
    });
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
  }
  const opened = await openedAs(ledger.store);
  if (opened === undefined) throw new Error('the ledger was opened but cannot be read');
  if (opened.ledgerId !== ledger.ledgerId) {
    throw new Error('another process opened this ledger at the same moment: start again');
  }
  return opened;
}
