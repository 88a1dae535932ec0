import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { Projection } from '../../src/projections/projection.ts';
import { readModels } from '../../src/projections/read-models.ts';
import { rebuild } from '../../src/projections/rebuild.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import { leafHash } from '../../src/proofs/leaf.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { wholeLedger } from '../store/facts.ts';
import { chronicle, kidOf, saidOf, storeOf } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people, streamOf } from '../support/history-told.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { rowsOf } from './views.ts';

function leaves(events: readonly StoredEvent[]): string[] {
  return events.map((event) => leafHash(event).toString('hex'));
}

/** Everybody's read models but how far they have come. */
async function rowsFrom(events: readonly StoredEvent[], projections = readModels) {
  const path = join(tempDir(), 'views.db');
  const { signal } = new AbortController();
  await rebuild({ store: storeOf(events), projections, path, signal });
  const { checkpoint: _checkpoint, ...rows } = rowsOf(path);
  return rows;
}

/** The whole person is erased: every key that their stream names. */
function erased(events: readonly StoredEvent[], person: string): StoredEvent[] {
  const own = events.filter(({ stream }) => stream === streamOf(person));
  const kids = saidOf(own, 'Claimed').map(({ data }) => JSON.parse(data).kid as string);
  const gone = new Set(saidOf(own, 'Erased').flatMap(({ data }) => JSON.parse(data).kids));
  const left = [kidOf(person), ...kids].filter((kid) => !gone.has(kid));
  const said = chronicle(events);
  said.say(streamOf(person), [
    { type: 'Erased', data: { scope: 'person', kids: left, part: 1, parts: 1 } },
  ]);
  return said.events;
}

describe('erasing a member (design, invariant 8)', function () {
  this.timeout(60_000);

  it('changes no row of any read model, and breaks no rule', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(...people.members), async (events, person) => {
        const after = erased(events, person);
        expect(await rowsFrom(after)).to.deep.equal(await rowsFrom(events));
        expect((await verifyLedger(storeOf(after))).findings).to.deep.equal([]);
      }),
      { numRuns: 15 },
    );
  });

  it('would, if a read model let go of who was erased: the law sees that', async () => {
    const forgetting: Projection = {
      name: 'forgetting',
      version: 1,
      tables: ['CREATE TABLE forgetting (stream TEXT PRIMARY KEY) STRICT, WITHOUT ROWID'],
      indexes: [],
      types: ['Registered', 'Erased'],
      on(database) {
        const add = database.prepare('INSERT INTO forgetting VALUES (?)');
        const drop = database.prepare('DELETE FROM forgetting WHERE stream = ?');
        return {
          apply: ({ type, stream }) => void (type === 'Erased' ? drop : add).run(stream),
          retract: () => undefined,
          flush: () => undefined,
        };
      },
    };
    const [person = ''] = people.members;
    const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
    const rows = await rowsFrom(erased(events, person), [forgetting]);
    expect(rows).not.to.deep.equal(await rowsFrom(events, [forgetting]));
  });

  describe('of a real ledger', () => {
    let society: TestSociety;
    before(async () => {
      society = await startSociety(tempDir());
    });
    after(() => society.close());

    /** What others may count and prove: read from the file, and asked over HTTP. */
    async function counted() {
      const { store } = society.ledger;
      const facts = await wholeLedger(store);
      const least = { 'Ledger-At-Least': (await store.head()).position ?? '' };
      const balances = await society.clients.auditor.get('/v1/balances?limit=500', least);
      expect(balances.status).to.equal(200);
      return { facts, leaves: leaves(facts), balances: balances.body.items };
    }

    it('changes no leaf, no point and no count, and verify finds nothing', async () => {
      const { admin, member, assessor } = society.clients;
      const path = `/v1/members/${society.people.member}`;
      const claims = [];
      for (let n = 0; n < 3; n++) {
        const { ids } = await made(member.post(`${path}/claims`, course));
        const claim = `${path}/claims/${ids.claim}`;
        const { lineId } = (await member.get(claim)).body.lines[0].line;
        await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
        claims.push(ids.claim as string);
      }
      const before = await counted();
      expect(before.balances).not.to.deep.equal([]);
      await made(admin.post(`${path}/erasures`, { scope: 'claim', claim: claims[0] }));
      await made(admin.post(`${path}/erasures`, { scope: 'person' }));
      const now = await counted();
      expect(now.balances).to.deep.equal(before.balances);
      expect(now.leaves.slice(0, before.leaves.length)).to.deep.equal(before.leaves);
      const more = now.facts.slice(before.facts.length).map(({ type }) => type);
      expect(more).to.deep.equal(['Erased', 'Erased']);
      const { findings } = await verifyLedger(society.ledger.store);
      expect(findings).to.deep.equal([]);
    });

    it('would change a leaf, if the sealed text were taken out of the facts: the law sees that', async () => {
      const { facts, leaves: whole } = await counted();
      const emptied = facts.map((fact) => {
        const { sealed: _sealed, ...rest } = JSON.parse(fact.data);
        return { ...fact, data: JSON.stringify(rest) };
      });
      expect(leaves(emptied)).not.to.deep.equal(whole);
    });
  });
});
