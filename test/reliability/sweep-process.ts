import { claimActivity } from '../../src/commands/claim.ts';
import { Contended } from '../../src/commands/rejection.ts';
import { openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { openViews } from '../../src/projections/open-views.ts';
import { StoreUnavailable } from '../../src/store/event-store.ts';
import { orderOfPosition } from '../../src/store/sqlite-read.ts';
import { anHour, asking, beginScheme, newMember, run } from '../support/ledger.ts';

/** What a ledger process of the sweep is asked, and answers under the same number. */
export type Asked = { n: number } & (
  | { what: 'members'; count: number }
  | { what: 'claim'; member: string; by: string; key: string }
  | { what: 'end' }
);
export type Told = { n: number } & (
  | { members: string[] }
  | { claimed: string; tries: number }
  | { facts: number }
  | { failed: string }
);

/** Run as a process: one of the ledger processes on a cluster, with read models of its own at a path. */
const [path] = process.argv.slice(2) as [string];
const now = (): string => new Date().toISOString();
const begin = { name: 'Swept Society', demo: false };
const ledger = await openLedger(readSettings(process.env), now, begin);
const views = await openViews({ store: ledger.store, path, order: orderOfPosition });

async function answer(asked: Asked): Promise<Told> {
  const { n } = asked;
  switch (asked.what) {
    case 'members': {
      const scheme = await beginScheme(ledger);
      const members: string[] = [];
      while (members.length < asked.count) members.push(await newMember(ledger, scheme));
      return { n, members };
    }
    case 'claim': {
      const { member, by, key } = asked;
      for (let tries = 1; ; tries += 1) {
        try {
          const { events } = await run(ledger, claimActivity, member, anHour(), asking(by, key));
          return { n, claimed: events.map(({ id }) => id).join(), tries };
        } catch (error) {
          // As whoever called would: the same again.
          if (!(error instanceof StoreUnavailable || error instanceof Contended)) throw error;
        }
      }
    }
    case 'end': {
      const { count: facts, position = '' } = await ledger.store.head();
      await views.waitFor(position, 60_000);
      await views.close();
      await ledger.close();
      return { n, facts };
    }
  }
}

process.on('message', (asked: Asked) => {
  answer(asked)
    .catch((error: Error): Told => ({ n: asked.n, failed: `${error.name}: ${error.message}` }))
    .then((told) => process.send?.(told, () => asked.what === 'end' && process.disconnect()));
});
