import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { verifyLedger } from '../../src/projections/verify.ts';
import type { EventStore, StoredEvent } from '../../src/store/event-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { clientOf } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';
import { ask, type Sent, startLoad } from './load.ts';
import { type Prepared, prepareSociety } from './prepared.ts';
import { rebuildTwice, rowsOf } from './views.ts';

const ROUNDS = 50;
/** A ledger serves for some rounds: what one kill left is killed again, and none grows too long to check. */
const ROUNDS_OF_ONE_LEDGER = 10;
const AT_ONCE = 96;
const [EARLIEST_MS, LATEST_MS] = [20, 1_500];

describe('a server that is killed under load', () => {
  const template = tempDir();
  let prepared: Prepared;
  let server: ServerProcess | undefined;
  before(async () => {
    prepared = await prepareSociety(template, 48);
  });
  after(() => server?.end('SIGKILL'));

  for (let first = 0; first < ROUNDS; first += ROUNDS_OF_ONE_LEDGER) {
    const last = first + ROUNDS_OF_ONE_LEDGER - 1;
    it(`has written what it answered and nothing else, rounds ${first + 1} to ${last + 1}`, async () => {
      const home = join(tempDir(), 'home');
      cpSync(template, home, { recursive: true });
      const ledger = await followed(home);
      for (let round = first; round <= last; round++) {
        server = await startProcess(home);
        await ledger.sayAgain(prepared, server.url);
        await ledger.compareViews(server.url);
        const load = startLoad(prepared, server.url, AT_ONCE);
        await sleep(killedAfter(round));
        expect(load.inFlight(), 'requests in flight').to.be.at.least(64);
        await server.end('SIGKILL');
        await load.done;
        await ledger.compareFacts(load.sent);
      }
      server = await startProcess(home);
      await ledger.sayAgain(prepared, server.url);
      await ledger.compareViews(server.url);
      await server.end('SIGTERM');
      await ledger.compareFacts([]);
    }).timeout(240_000);
  }
});

/** Spread over the whole range, neighbours far apart. */
function killedAfter(round: number): number {
  const part = (round * 0.6180339887) % 1;
  return EARLIEST_MS + part * (LATEST_MS - EARLIEST_MS);
}

/** What is known of one ledger, from round to round. */
async function followed(home: string) {
  const file = join(home, 'ledger.db');
  const reading = async <T>(look: (store: EventStore) => Promise<T>): Promise<T> => {
    const store = await openSqliteStore({ path: file });
    try {
      return await look(store);
    } finally {
      await store.close();
    }
  };
  const facts = () => reading((store) => store.readAll(undefined, 1_000_000));
  const verify = async (): Promise<void> => {
    const now = () => new Date().toISOString();
    const { found, findings } = await reading((store) => verifyLedger(store, { now }));
    expect(findings.slice(0, 3), `${found} findings`).to.deep.equal([]);
  };
  const known = new Map<string, Sent>();
  const before = new Set((await facts()).map(commandOf));
  /** What stood there when this was last looked at: since then nobody has said anything. */
  let earlier = new Map<string, string[]>();

  /** The ids of the facts of each command; every fact is of one that was sent, and stands there once. */
  const written = async (): Promise<Map<string, string[]>> => {
    const all = await facts();
    expect(new Set(all.map(({ id }) => id)).size, 'ids of facts').to.equal(all.length);
    const idsOf = new Map<string, string[]>();
    for (const fact of all) {
      const command = commandOf(fact);
      if (before.has(command)) continue;
      expect(known.has(command), `${fact.type} ${fact.id} was sent`).to.equal(true);
      idsOf.set(command, [...(idsOf.get(command) ?? []), fact.id]);
    }
    return idsOf;
  };
  const compare = async (): Promise<void> => {
    const idsOf = await written();
    for (const { commandId, answer, path } of known.values()) {
      if (answer === undefined) continue;
      const refused = answer.status === 409;
      expect(refused || answer.status === 201 || answer.status === 200, `${answer.status} ${path}`)
        .to.be.true;
      expect(idsOf.get(commandId) ?? [], path).to.deep.equal(answer.events);
    }
    earlier = idsOf;
  };
  return {
    async compareFacts(sent: readonly Sent[]): Promise<void> {
      for (const command of sent) known.set(command.commandId, command);
      await verify();
      await compare();
    },
    /** Sends again what was not answered: it is then written once, with the ids that it had if it had any. */
    async sayAgain({ admin, assessor, members }: Prepared, url: string): Promise<void> {
      const tokens = new Map([admin, assessor, ...members].map(({ id, token }) => [id, token]));
      const unheard = [...known.values()].filter(({ answer }) => answer === undefined);
      await Promise.all(
        unheard.map(async (command) => {
          command.answer = await ask(clientOf(url, tokens.get(command.by)), command);
          const ids = earlier.get(command.commandId);
          if (ids !== undefined) expect(command.answer).to.deep.equal({ status: 200, events: ids });
        }),
      );
      await compare();
    },
    /** The rows that the killed process left, followed on by this one, are those of a rebuild. */
    async compareViews(url: string): Promise<void> {
      for (;;) {
        const { facts: head, read } = (await clientOf(url).get('/health/ready')).body;
        if (read === head) break;
        await sleep(5);
      }
      const fresh = join(tempDir(), 'views.db');
      expect(await rebuildTwice(file, fresh), 'the rebuild was killed').to.equal(true);
      expect(rowsOf(join(home, 'views.db'))).to.deep.equal(rowsOf(fresh));
    },
  };
}

function commandOf({ metadata }: StoredEvent): string {
  return (JSON.parse(metadata) as { commandId: string }).commandId;
}
