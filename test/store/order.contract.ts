import { expect } from 'chai';
import fc from 'fast-check';
import { it } from 'mocha';
import { type EventToAppend, WrongExpectedRevision } from '../../src/store/event-store.ts';
import type { Open } from './event-store.contract.ts';
import { before, facts, ids, newStream, wholeLedger } from './facts.ts';

/** One append of a round: `shift` moves the expected revision off the end, `repeat` sends the last batch again. */
const append = fc.record({
  stream: fc.nat({ max: 3 }),
  size: fc.integer({ min: 1, max: 4 }),
  shift: fc.constantFrom(0, 0, 0, 0, -1, 1),
  repeat: fc.boolean(),
});
const rounds = fc.array(fc.array(append, { minLength: 1, maxLength: 8 }), { maxLength: 8 });

interface Sent {
  at: number;
  batch: EventToAppend[];
}

/** Invariant 1: revisions in a stream are 0, 1, 2, ...; positions ascend; no reader skips or repeats. */
export function orderContract(open: Open): void {
  it('numbers facts without gap or repeat, whatever is appended at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, fc.integer({ min: 1, max: 7 }), async (plan, page) => {
        const store = await open();
        const streams = Array.from({ length: 4 }, newStream);
        const accepted = streams.map((): string[] => []);
        const latest: (Sent | undefined)[] = [];
        for (const round of plan) {
          const tries = round.map(async (one) => {
            const stream = streams[one.stream] as string;
            const last = latest[one.stream];
            const at = Math.max(0, (accepted[one.stream]?.length ?? 0) + one.shift);
            const sent = one.repeat && last !== undefined ? last : { at, batch: facts(one.size) };
            const { revision } = await store.append(stream, before(sent.at), sent.batch);
            expect(revision).to.equal(BigInt(sent.at + sent.batch.length - 1));
            return { stream: one.stream, ...sent };
          });
          for (const result of await Promise.allSettled(tries)) {
            if (result.status === 'rejected') {
              expect(result.reason).instanceOf(WrongExpectedRevision);
              continue;
            }
            const { stream, at, batch } = result.value;
            accepted[stream]?.splice(at, batch.length, ...ids(batch));
            latest[stream] = { at, batch };
          }
        }
        const ledger = await wholeLedger(store, page);
        expect(ledger.map(({ index }) => index)).to.deep.equal([...ledger.keys()]);
        expect((await store.head()).count).to.equal(ledger.length);
        for (const [n, stream] of streams.entries()) {
          const own = ledger.filter((event) => event.stream === stream);
          expect(own).to.deep.equal(await store.readStream(stream, 0n));
          expect(ids(own)).to.deep.equal(accepted[n]);
          expect(own.map(({ revision }) => Number(revision))).to.deep.equal([...own.keys()]);
        }
        await store.close();
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);
}
