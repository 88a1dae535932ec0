import type { CliLedger } from '../cli/context.ts';
import { openLedger } from './open.ts';
import { openStore } from './places.ts';
import type { Settings } from './settings.ts';
import { caughtUp, startViews } from './views.ts';

/** Opens a ledger for a verb of the command line: the read models only where the verb asks for them. */
export async function openForVerb(settings: Settings, now: () => string): Promise<CliLedger> {
  const ledger = await openLedger(settings, now);
  let started: ReturnType<typeof startViews> | undefined;
  return {
    ...ledger,
    viewsFile: settings.viewsFile,
    async views() {
      started ??= startViews(settings);
      return caughtUp(started, ledger.store);
    },
    async close() {
      await started?.close();
      await ledger.close();
    },
  };
}

/** Opens a ledger whose keys are missing in part, stating them as lost. Counts its facts before and after. */
export async function acceptLoss(
  settings: Settings,
  now: () => string,
): Promise<{ before: number; after: number }> {
  const store = await openStore(settings);
  const before = (await store.head()).count;
  await store.close();
  const ledger = await openLedger(settings, now, undefined, true);
  const after = (await ledger.store.head()).count;
  await ledger.close();
  return { before, after };
}
