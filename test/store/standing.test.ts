import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Standing, statementOf } from '../../src/projections/standing-member.ts';
import { standingPage, standingSums } from '../../src/projections/standing-report.ts';
import { booksAsOf, walkMembers } from '../../src/projections/standing-walk.ts';
import { memberStatement } from '../../src/projections/statement.ts';
import { AuthoredRulebook, type Rulebook } from '../../src/scheme/rulebook.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { chronicle, idOf, saidOf, storeOf, withData } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { byAdmin, people, scheme, streamOf } from '../support/history-told.ts';
import { sourceOf } from '../support/standing-source.ts';

const days = ['2026-01-02', '2026-02-01', '2026-12-31', '2027-03-01'];
const cycles = ['2023', '2024', '2025', '2026', undefined];

/** The same history under rules that take away, carry over and ask for more. */
function under(rulebook: Rulebook, events: readonly StoredEvent[]): StoredEvent[] {
  return events.map((event) =>
    event.type === 'RulebookPublished'
      ? withData(event, (data: object) => ({ ...data, rulebook }))
      : event,
  );
}

const strict = AuthoredRulebook.parse({
  format: 2,
  cycle: { months: 12, starts: 'fixed', recordWithin: { months: 1 }, graceMonths: 2 },
  kinds: [
    {
      kind: 'course',
      category: 'training',
      measure: 'minute',
      accept: 'approval',
      earns: [{ rate: { points: 1, per: '1 hour' } }],
    },
  ],
  targets: [{ grade: 'full', points: 4 }],
  limits: [
    { name: 'training', of: { categories: ['training'] }, per: 'cycle', most: { points: 3 } },
  ],
  requirements: [{ name: 'two', of: {}, per: 'cycle', entries: 2 }],
  carry: { name: 'on', of: {}, most: { points: 1 } },
  countsUnderReview: false,
});

/** When a retraction or an absorption is the next that will be known. */
function justBefore(events: readonly StoredEvent[]): fc.Arbitrary<number> {
  const indexes = saidOf(events, 'FactRetracted', 'Absorbed').map(({ index }) => index);
  return fc.constantFrom(...indexes, events.length);
}

const moments = histories.chain((events) =>
  fc.record({
    events: fc.constantFrom(events, under(strict, events)),
    n: fc.oneof(fc.integer({ min: 1, max: events.length }), justBefore(events)),
    on: fc.constantFrom(...days),
    cycle: fc.constantFrom(...cycles),
  }),
);

/** Every statement that there was as of an index, of each human once. */
async function statementsOf(events: readonly StoredEvent[], query: object, n: number) {
  const then = events.slice(0, n);
  const merged = saidOf(then, 'MergedInto', 'Absorbed').length > 0;
  const retracted = new Set(
    saidOf(then, 'FactRetracted').map(({ data }) => JSON.parse(data).eventId),
  );
  const gone = merged && saidOf(then, 'Absorbed').some(({ id }) => !retracted.has(id));
  const ids = [...people.members, ...(gone ? [] : [people.double])].sort();
  const asked = { scheme, ...query, asOf: { index: n } } as Parameters<typeof memberStatement>[2];
  const all = await Promise.all(ids.map((id) => memberStatement(storeOf(events), id, asked)));
  return all.flatMap((answer) => (answer === undefined ? [] : [answer]));
}

function sumOf(of: readonly { awarded: number; counted: number; needed: number }[]) {
  const sum = { members: of.length, awarded: 0, counted: 0, needed: 0 };
  for (const { awarded, counted, needed } of of) {
    sum.awarded += awarded;
    sum.counted += counted;
    sum.needed += needed;
  }
  return sum;
}

describe('the report of standing (issue 4, laws)', function () {
  this.timeout(60_000);

  it('sums to the statements of all members, on any day, as of any index, whatever came after', async () => {
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, n, on, cycle }) => {
        const source = await sourceOf(events);
        const query = { scheme, on, cycle, asOf: { index: n } };
        const { all } = await standingSums(source, query, []);
        const statements = await statementsOf(events, { on, cycle }, n);
        expect(all).to.deep.equal(sumOf(statements.map(({ statement }) => statement)));
        const page = await standingPage(source, query, { limit: 500 });
        expect(page.items.map(({ member }) => member)).to.deep.equal(
          statements.map(({ member }) => member),
        );
        counted += all.counted;
        source.close();
      }),
      { numRuns: 60 },
    );
    expect(counted).to.be.greaterThan(0);
  });

  it('reads of each member what their own stream says: the whole statement is the same, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, n, on }) => {
        const source = await sourceOf(events);
        const books = await booksAsOf(source, scheme, n);
        for (const cycle of cycles) {
          const found: unknown[] = [];
          for await (const { member, facts } of walkMembers(source, {
            scheme,
            end: n,
            after: '',
          })) {
            const statement = statementOf(books, facts, { scheme, cycle, on });
            if (statement !== undefined) found.push({ member, asOf: n, statement });
          }
          expect(found).to.deep.equal(await statementsOf(events, { on, cycle }, n));
        }
        source.close();
      }),
      { numRuns: 40 },
    );
  });

  it('gives in pages of any size what it gives in one', async () => {
    const [events = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
    const source = await sourceOf(events);
    const query = { scheme, on: '2026-02-01' };
    const whole = await standingPage(source, query, { limit: 500 });
    for (const limit of [1, 2, 3]) {
      const items: Standing[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await standingPage(source, query, { limit, cursor });
        items.push(...page.items);
        cursor = page.next;
        if (cursor === undefined) break;
      }
      expect(items).to.deep.equal(whole.items);
    }
    source.close();
  });

  it('goes on in later pages as of the index of the first, though facts came in between', async () => {
    const said = chronicle(fc.sample(histories, { numRuns: 1, seed: 4 })[0]);
    const source = await sourceOf(said.events);
    const query = { scheme, on: '2026-02-01' };
    const first = await standingPage(source, query, { limit: 1 });
    source.close();
    for (const person of people.members) {
      const joined = { scheme: idOf('another'), on: '2026-01-01', anchor: '2026-01-01' };
      said.say(streamOf(person), [{ type: 'SchemeJoined', data: joined }], byAdmin);
    }
    const later = await sourceOf(said.events);
    const second = await standingPage(later, query, { limit: 1, cursor: first.next });
    expect(second.asOf).to.equal(first.asOf);
    later.close();
  });
});

describe('the report of standing by employer', () => {
  const [ada = '', bea = '', cyd = ''] = people.members;
  const [north, south] = [idOf('north'), idOf('south')];

  async function employed() {
    const [before = []] = fc.sample(histories, { numRuns: 1, seed: 4 });
    // Without an absorption, and everybody the same: what differs is who employs them.
    const said = chronicle(before.slice(0, 1 + 3 + 10));
    const start = (person: string, name: string, organisation: string, until?: string) =>
      said.say(
        streamOf(person),
        [
          {
            type: 'EmploymentStarted',
            data: {
              employmentId: idOf(name),
              organisation,
              share: { num: 1, den: 1 },
              from: '2025-01-01',
              ...(until === undefined ? {} : { until }),
            },
          },
        ],
        byAdmin,
      );
    start(ada, 'ada north', north);
    start(ada, 'ada south', south);
    start(bea, 'bea north', north, '2026-01-15');
    start(cyd, 'cyd south', south);
    said.say(
      streamOf(cyd),
      [{ type: 'EmploymentEnded', data: { employmentId: idOf('cyd south'), until: '2026-02-01' } }],
      byAdmin,
    );
    return sourceOf(said.events);
  }

  it('has who is employed on that day, under each of several employers, and nobody else', async () => {
    const source = await employed();
    const at = async (organisation: string, on: string) =>
      (await standingPage(source, { scheme, on, organisation }, { limit: 9 })).items.map(
        ({ member }) => member,
      );
    expect(await at(north, '2026-01-14')).to.have.members([ada, bea]);
    expect(await at(north, '2026-01-15')).to.have.members([ada]);
    expect(await at(south, '2026-01-31')).to.have.members([ada, cyd]);
    expect(await at(south, '2026-02-01')).to.have.members([ada]);
    source.close();
  });

  it('has in the sums by employer who is employed by two twice, and in all once', async () => {
    const source = await employed();
    const { all, sums } = await standingSums(source, { scheme, on: '2026-01-14' }, [
      'organisation',
    ]);
    expect(all.members).to.equal(5);
    const membersOf = (organisation: string | undefined) =>
      sums.find((sum) => sum.organisation === organisation)?.members;
    expect([membersOf(north), membersOf(south), membersOf(undefined)]).to.deep.equal([2, 2, 2]);
    source.close();
  });
});
