import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decode } from '../../src/events/codec.ts';
import { type AnyFact, registry } from '../../src/events/registry.ts';
import { withoutRetracted } from '../../src/events/retraction.ts';
import { memberStatement, rulebooksOf } from '../../src/projections/statement.ts';
import { isStatementFact } from '../../src/scheme/facts.ts';
import { statement } from '../../src/scheme/statement.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { saidOf, storeOf } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people, scheme } from '../support/history-told.ts';

const query = { scheme, cycle: '2025', on: '2026-01-01' };
const cycles = ['2023', '2024', '2025'];

/** A member's statements when the ledger had so many facts. */
async function statements(events: readonly StoredEvent[], member: string, index?: number) {
  const asOf = index === undefined ? {} : { asOf: { index } };
  const store = storeOf(events);
  return Promise.all(
    cycles.map((cycle) => memberStatement(store, member, { ...query, cycle, ...asOf })),
  );
}

const moments = histories.chain((events) =>
  fc.record({
    events: fc.constant(events),
    n: fc.integer({ min: 1, max: events.length }),
    member: fc.constantFrom(...people.members, people.double),
  }),
);

describe('a statement as of an earlier index (design, invariant 5)', () => {
  it('is what it was when the ledger ended there', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, n, member }) => {
        const then = await statements(events.slice(0, n), member);
        expect(await statements(events, member, n)).to.deep.equal(then);
      }),
      { numRuns: 40 },
    );
  });

  it('would not be, if what was retracted later were left out of it: the law sees that', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const [retraction] = saidOf(events, 'FactRetracted');
        if (retraction === undefined) return;
        const n = retraction.index;
        const member = retraction.stream.slice('member-'.length);
        const [then] = (await statements(events.slice(0, n), member)).slice(-1);
        const all = events
          .filter(({ stream }) => stream === retraction.stream)
          .map((event) => decode(event, registry, false) as AnyFact);
        // The planted break: retractions of the whole stream, then the end.
        const broken = withoutRetracted(all)
          .filter(({ index }) => index < n)
          .filter(isStatementFact);
        const books = await rulebooksOf(storeOf(events), scheme, n);
        const now = statement(books, broken, { ...query, zone: 'Europe/London' });
        expect(now?.awarded).not.to.equal(then?.statement.awarded);
        seen += 1;
      }),
      { numRuns: 60 },
    );
    expect(seen).to.be.greaterThan(0);
  });
});
