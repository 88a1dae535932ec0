import { expect } from 'chai';
import { describe, it } from 'mocha';
import { limits } from '../../src/limits.ts';
import { readFacts } from '../../src/projections/kept-facts.ts';
import type { EventStore, StoredEvent } from '../../src/store/event-store.ts';
import { type Chronicle, chronicle, idOf, storeOf } from '../support/chronicle.ts';
import { streamOf } from '../support/history-told.ts';

const stream = streamOf(idOf('a member'));

function changeGrade(said: Chronicle, times: number, of = stream): void {
  const data = { grade: 'full', effectiveOn: '2026-01-01' };
  for (let count = 0; count < times; count++) said.say(of, [{ type: 'GradeChanged', data }]);
}

/** The store, and from which revisions it was asked for the stream. */
function watched(said: Chronicle): { store: EventStore; asked: bigint[] } {
  const asked: bigint[] = [];
  const store = storeOf(said.events);
  const readStream: EventStore['readStream'] = (name, from, limit) => {
    if (name === stream) asked.push(from);
    return store.readStream(name, from, limit);
  };
  return { store: { ...store, readStream }, asked };
}

const idsOf = (facts: readonly { id: string }[]) => facts.map(({ id }) => id);

describe('Facts kept for statements and histories', () => {
  it('are read once, and then only what came after', async () => {
    const said = chronicle();
    const { store, asked } = watched(said);
    changeGrade(said, 2);
    await readFacts(store, stream);
    changeGrade(said, 1);
    const facts = await readFacts(store, stream);
    expect(idsOf(facts)).to.deep.equal(idsOf(said.events.slice(1)));
    expect(await readFacts(store, stream)).to.equal(facts);
    expect(asked).to.deep.equal([0n, 2n, 3n]);
  });

  it('stand once, however many ask at the same moment', async () => {
    const said = chronicle();
    const { store } = watched(said);
    changeGrade(said, 3);
    const all = await Promise.all([1, 2, 3].map(() => readFacts(store, stream)));
    changeGrade(said, 1);
    all.push(...(await Promise.all([1, 2].map(() => readFacts(store, stream)))));
    for (const facts of all.slice(0, 3)) expect(facts).to.have.length(3);
    for (const facts of all.slice(3)) {
      expect(idsOf(facts)).to.deep.equal(idsOf(said.events.slice(1)));
    }
  });

  it('are let go when too many came after them, and read again', async () => {
    const said = chronicle();
    const { store, asked } = watched(said);
    changeGrade(said, 2);
    await readFacts(store, stream);
    const other = streamOf(idOf('another'));
    changeGrade(said, 1, other);
    const [one] = said.events.slice(-1) as [StoredEvent];
    const crowded: EventStore['readStream'] = async (name, from) =>
      name === other ? Array(limits.factsKept).fill(one) : await read(name, from);
    const read = store.readStream;
    store.readStream = crowded;
    await readFacts(store, other);
    expect(await readFacts(store, stream)).to.have.length(2);
    expect(asked).to.deep.equal([0n, 0n]);
  });
});
