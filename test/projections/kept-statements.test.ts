import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { statementText as keptText } from '../../src/projections/kept-statements.ts';
import { memberStatement } from '../../src/projections/statement.ts';
import type { EventStore, StoredEvent } from '../../src/store/event-store.ts';
import { chronicle, idOf, positionAt, storeOf } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people, scheme, streamOf } from '../support/history-told.ts';
import { plainKind, plainRulebook } from '../support/plain-rulebook.ts';

const [ada = '', bea = ''] = people.members;
const query = { scheme, cycle: '2025', on: '2026-01-01' };

/** The statement as text, of the scheme that is named. */
function statementText(store: EventStore, member: string, asked: Parameters<typeof keptText>[2]) {
  return keptText(store, member, asked, async () => asked.scheme ?? '');
}

/** A ledger that grows: what it has of a history so far, and which streams it was asked for. */
function growing(history: readonly StoredEvent[], count: number) {
  const events = history.slice(0, count);
  const asked: string[] = [];
  const store = storeOf(events);
  const readStream: EventStore['readStream'] = (name, from, limit) => {
    asked.push(name);
    return store.readStream(name, from, limit);
  };
  return { events, asked, store: { ...store, readStream } };
}

/** The statement from nothing but the facts. */
async function anew(events: readonly StoredEvent[], member: string, more = {}) {
  const answer = await memberStatement(storeOf(events), member, { ...query, ...more });
  return answer && JSON.stringify(answer);
}

/** A history in which somebody takes part in the scheme. */
function begun(): StoredEvent[] {
  const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
  return events;
}

/** The facts again, one index after the other. */
function restated(events: readonly StoredEvent[]): StoredEvent[] {
  return events.map((event, index) => ({ ...event, index, position: positionAt(index) }));
}

describe('Statements kept as text', () => {
  it('are at every length of a ledger what the facts give', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { events, store } = growing(history, 1);
        for (const fact of history.slice(1)) {
          events.push(fact);
          for (const member of [ada, bea, people.double]) {
            expect(await statementText(store, member, query)).to.equal(await anew(events, member));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are as of an earlier end what they were then, whatever is kept of later ones', async () => {
    const moments = histories.chain((history) =>
      fc.tuple(fc.constant(history), fc.array(fc.nat(history.length), { minLength: 20 })),
    );
    await fc.assert(
      fc.asyncProperty(moments, async ([history, indexes]) => {
        const { store } = growing(history, history.length);
        const at = (index: number) => statementText(store, ada, { ...query, asOf: { index } });
        const [all] = await Promise.all([Promise.all(indexes.map(at)), at(history.length)]);
        for (const [place, index] of indexes.entries()) {
          const then = await anew(history, ada, { asOf: { index } });
          expect(all[place]).to.equal(then);
          expect(await at(index)).to.equal(then);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('are of the day, the cycle and the scheme asked for', async () => {
    const events = begun();
    const store = storeOf(events);
    const ways = [{}, { on: '2025-06-30' }, { cycle: '2024' }, { cycle: undefined }];
    for (const way of [...ways, ...ways]) {
      expect(await statementText(store, ada, { ...query, ...way })).to.equal(
        await anew(events, ada, way),
      );
    }
    const other = { ...query, scheme: idOf('another scheme') };
    expect(await statementText(store, ada, other)).to.equal(undefined);
  });

  it('are made once: asked again, streams are read only where the ledger went on, and only their tails', async () => {
    const history = begun();
    const { events, asked, store } = growing(history, history.length);
    await statementText(store, bea, query);
    asked.length = 0;
    await statementText(store, bea, query);
    expect(asked).to.deep.equal([]);
    const said = chronicle(events);
    events.push(
      ...said.say(streamOf(ada), [
        { type: 'GradeChanged', data: { grade: 'full', effectiveOn: '2026-01-01' } },
      ]),
    );
    const text = (await statementText(store, bea, query)) ?? '';
    expect(asked).to.deep.equal([streamOf(bea), `scheme-${scheme}`]);
    expect(JSON.parse(text).asOf).to.equal(events.length);
  });

  it('follow the stream of a duplicate from the moment that it is absorbed', async () => {
    const history = begun().filter(({ type }) => type !== 'Absorbed' && type !== 'MergedInto');
    const { events, store } = growing(restated(history), history.length);
    const said = chronicle(events);
    const bringIn = (): void => {
      const data = { scheme, cycle: '2025', category: 'training', points: 100 };
      events.push(...said.say(streamOf(people.double), [{ type: 'PointsBroughtIn', data }]));
    };
    const awarded = async (): Promise<number> => {
      const text = await statementText(store, ada, query);
      expect(text).to.equal(await anew(events, ada));
      return JSON.parse(text ?? '').statement.awarded;
    };
    const before = await awarded();
    bringIn();
    expect(await awarded()).to.equal(before);
    events.push(
      ...said.say(streamOf(ada), [{ type: 'Absorbed', data: { duplicate: people.double } }]),
    );
    expect(await awarded()).to.equal(before + 100);
    bringIn();
    expect(await awarded()).to.equal(before + 200);
  });

  it('are made again when the scheme has published other rules', async () => {
    const history = begun();
    const { events, store } = growing(history, history.length);
    const before = await statementText(store, ada, query);
    const doubled = plainRulebook(
      [plainKind('course', { category: 'training', points: 100 })],
      [{ grade: 'full', points: 4_000 }],
    );
    const data = { version: 2, effectiveFrom: '2025-01-01', rulebook: doubled };
    const said = chronicle(events);
    events.push(...said.say(`scheme-${scheme}`, [{ type: 'RulebookPublished', data }]));
    const after = await statementText(store, ada, query);
    expect(after).to.equal(await anew(events, ada));
    expect(JSON.parse(after ?? '').statement.rulebook.version).not.to.equal(
      JSON.parse(before ?? '').statement.rulebook.version,
    );
  });
});
