import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { verifyLedger } from '../../src/projections/verify.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { chronicle, idOf, kidOf, positionAt, storeOf } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { expectFirst, findingsIn } from '../support/verified.ts';

/** A history, and the index of one of its facts; neither the first nor the last. */
const within = histories.chain((events) =>
  fc.record({ events: fc.constant(events), at: fc.integer({ min: 1, max: events.length - 2 }) }),
);

/** The facts with indexes and positions anew, as if nothing had ever been between them. */
function closedUp(events: readonly StoredEvent[]): StoredEvent[] {
  return events.map((event, index) => ({ ...event, index, position: positionAt(index) }));
}

function changed(events: readonly StoredEvent[], at: number, to: Partial<StoredEvent>) {
  return events.map((event, index) => (index === at ? { ...event, ...to } : event));
}

function withMetadata(event: StoredEvent | undefined, to: object): StoredEvent {
  const metadata = canonical({ ...JSON.parse(event?.metadata ?? '{}'), ...to });
  return { ...(event as StoredEvent), metadata };
}

describe('verify: revisions, indexes and positions (design, invariant 1)', () => {
  it('finds nothing in a history that keeps the rules, and walks all of it', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const verified = await verifyLedger(storeOf(events));
        expect(verified).to.deep.equal({ facts: events.length, findings: [], found: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('names the fact after one that was left out of the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(within, async ({ events, at }) => {
        const left = events.filter(({ index }) => index !== at);
        await expectFirst(left, events[at + 1], `index ${at} is expected here`);
      }),
      { numRuns: 40 },
    );
  });

  it('names the next of its stream where one was left out and the gap was closed', async () => {
    await fc.assert(
      fc.asyncProperty(within, async ({ events, at }) => {
        const gone = events[at];
        const left = closedUp(events.filter(({ index }) => index !== at));
        const next = left.find(({ stream, index }) => stream === gone?.stream && index >= at);
        fc.pre(next !== undefined);
        const named = (await findingsIn(left)).map(({ event }) => event);
        expect(named).to.include(next?.id);
        const says = (await findingsIn(left)).map((finding) => finding.says).join('\n');
        expect(says).to.include(`revision ${gone?.revision} is expected`);
      }),
      { numRuns: 40 },
    );
  });

  it('names a fact that stands there twice', async () => {
    await fc.assert(
      fc.asyncProperty(within, async ({ events, at }) => {
        const fact = events[at] as StoredEvent;
        const of = events.filter(({ stream }) => stream === fact.stream);
        const again = { ...fact, revision: BigInt(of.length) };
        await expectFirst(
          closedUp([...events, again]),
          { ...again, index: events.length },
          `its id is that of index ${at} already`,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('names the first of two facts that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(within, async ({ events, at }) => {
        const [one, two] = [events[at] as StoredEvent, events[at + 1] as StoredEvent];
        fc.pre(one.stream === two.stream);
        const swapped = closedUp([...events.slice(0, at), two, one, ...events.slice(at + 2)]);
        await expectFirst(swapped, swapped[at], `revision ${one.revision} is expected`);
      }),
      { numRuns: 40 },
    );
  });

  it('names the fact from which on a stream skips a revision', async () => {
    await fc.assert(
      fc.asyncProperty(within, async ({ events, at }) => {
        const { stream, revision } = events[at] as StoredEvent;
        const skipped = events.map((event) =>
          event.stream === stream && event.revision >= revision
            ? { ...event, revision: event.revision + 1n }
            : event,
        );
        await expectFirst(skipped, skipped[at], `revision ${revision} is expected`);
      }),
      { numRuns: 40 },
    );
  });

  it('names a fact whose position is that of the fact before it', async () => {
    const { events } = chronicle();
    const two = [...events, { ...(events[0] as StoredEvent), index: 1 }];
    const says = (await findingsIn(two)).map((finding) => finding.says);
    expect(says.join('\n')).to.include('has position 0 as the fact before');
  });

  it('says how many facts are missing at the end, where the store says that there are more', async () => {
    const { events } = chronicle();
    const store = { ...storeOf(events), head: async () => ({ count: 3, position: positionAt(2) }) };
    const { findings } = await verifyLedger(store);
    expect(findings.map(({ says }) => says)).to.deep.equal([
      'the ledger says it has 3 facts, and 1 can be read',
    ]);
  });
});

describe('verify: how facts are named, timed and placed', () => {
  const person = idOf('person');
  const registered = { person, kid: kidOf('person'), grade: 'full', on: '2026-01-01' };
  const resigned = { effectiveOn: '2026-01-02' };

  function threeFacts(): StoredEvent[] {
    const said = chronicle();
    said.say(`member-${person}`, [{ type: 'Registered', data: registered }]);
    said.say(`member-${person}`, [{ type: 'Resigned', data: resigned }]);
    return said.events;
  }

  it('names a fact whose id does not follow from its command', async () => {
    const events = changed(threeFacts(), 1, { id: idOf('another') });
    await expectFirst(events, events[1], 'its id is not that of fact 0 of its command');
  });

  it('names a fact whose command is another than the one of its id', async () => {
    const events = threeFacts();
    const other = changed(events, 1, withMetadata(events[1], { commandId: idOf('other') }));
    await expectFirst(other, events[1], 'its id is not that of fact 0 of its command');
  });

  it('names a fact recorded before the fact before it in its stream', async () => {
    const events = threeFacts();
    const recordedAt = '2026-01-05T09:59:59.999Z';
    const early = changed(events, 2, withMetadata(events[2], { recordedAt }));
    await expectFirst(early, events[2], `recorded at ${recordedAt}, before`);
  });

  it('names facts recorded later than now, by more than clocks may differ', async () => {
    const events = threeFacts();
    const at = async (now: string) =>
      (await verifyLedger(storeOf(events), { now: () => now })).found;
    expect(await at('2026-01-05T10:59:58.000Z')).to.equal(0);
    expect(await at('2026-01-05T10:59:57.999Z')).to.equal(1);
  });

  it('names a first fact that does not open the ledger, and a second that opens it again', async () => {
    const [, ...rest] = threeFacts();
    const headless = closedUp(rest);
    await expectFirst(headless, headless[0], 'the first fact must be LedgerOpened');
    const said = chronicle();
    const again = JSON.parse(said.events[0]?.data ?? '');
    said.say('ledger', [{ type: 'LedgerOpened', data: again }]);
    await expectFirst(said.events, said.events[1], 'a ledger is opened once');
  });

  it('names a fact in a stream of another category, or of a name that is none', async () => {
    for (const [stream, says] of [
      [`organisation-${person}`, 'belongs in a stream of category member'],
      ['member-somebody', 'its stream is not named <category>-<uuid>'],
    ] as const) {
      const said = chronicle();
      const [fact] = said.say(stream, [{ type: 'Registered', data: registered }]);
      await expectFirst(said.events, fact, says);
    }
  });

  it('names an unknown type, and a version of a later release', async () => {
    const unknown = changed(threeFacts(), 1, { type: 'Promoted' });
    await expectFirst(unknown, unknown[1], 'no fact has this type in this release');
    const events = threeFacts();
    const later = changed(events, 1, withMetadata(events[1], { schemaVersion: 2 }));
    await expectFirst(later, events[1], 'has version 2; this release reads up to 1');
  });

  it('names data and metadata that break their schema, with the place and what is expected', async () => {
    const data = canonical({ ...registered, on: '2026-02-30' });
    const wrongDay = changed(threeFacts(), 1, { data });
    await expectFirst(
      wrongDay,
      wrongDay[1],
      /breaks the schema of version 1: on: a day .* expected/,
    );
    const more = changed(threeFacts(), 1, { data: canonical({ ...registered, vip: true }) });
    await expectFirst(more, more[1], 'breaks the schema of version 1');
    const events = threeFacts();
    const actor = { id: idOf('somebody'), role: 'king' };
    const king = changed(events, 1, withMetadata(events[1], { actor }));
    await expectFirst(king, events[1], 'its metadata breaks the schema: actor.role');
  });

  it('names bytes that are no JSON, or nested beyond reading, or too many', async () => {
    for (const [data, says] of [
      ['{"on":', 'its data is no JSON'],
      [`${'['.repeat(60_000)}${']'.repeat(60_000)}`, 'cannot be read'],
      [`{"on":"${'2'.repeat(262_144)}"}`, 'at most 262144 are allowed'],
    ] as const) {
      const broken = changed(threeFacts(), 2, { data });
      await expectFirst(broken, broken[2], says);
    }
  });
});
