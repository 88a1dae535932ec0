import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type CoverageReport, coverageReport } from '../../src/projections/capability/coverage.ts';
import { coverageCell } from '../../src/projections/capability/coverage-cell.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { asking } from '../support/capability-source.ts';
import { andThen, idOf } from '../support/chronicle.ts';
import { people, streamOf } from '../support/history-told.ts';
import {
  days,
  everybody,
  framework,
  levels,
  skillHistories,
  skills,
} from '../support/skill-histories.ts';

const today = '2026-01-20';
const profile = idOf('profile');
const councils = fc.constantFrom('then' as const, 'today' as const);
const day = fc.constantFrom(...days, today);

/** Two needs; the second is met in either of two ways. */
function profiled(events: readonly StoredEvent[]): StoredEvent[] {
  const way = (n: number, level: string, people: number, more: object = {}) => ({
    framework: { id: framework, version: 1 },
    skill: skills[n] as string,
    level,
    people,
    ...more,
  });
  const needs = [
    { need: 'a', name: 'A', anyOf: [way(1, 'working', 1)] },
    {
      need: 'b',
      name: 'B',
      anyOf: [way(2, 'expert', 2, { currentMonths: 30 }), way(3, 'held', 1)],
    },
  ];
  const data = { version: 1, name: 'Profile', needs };
  return andThen(events, `profile-${profile}`, [{ type: 'ProfilePublished', data }]);
}

function covered(
  events: readonly StoredEvent[],
  query: { on: string; councils?: 'then' | 'today'; asOf?: { index: number } },
): Promise<CoverageReport | undefined> {
  const whole = { profile, today, by: ['type'] as const, councils: 'then' as const, ...query };
  return asking(events, (source) => coverageReport(source, whole));
}

describe('the report of coverage (issue 5, laws)', function () {
  this.timeout(120_000);

  it('a new credit never worsens a body: nobody fewer, nothing known met less or known no longer', async () => {
    const credited = fc.record({
      events: skillHistories.map(profiled),
      person: fc.constantFrom(...everybody),
      skill: fc.constantFrom(...skills.slice(1, 3)),
      level: fc.constantFrom(...levels),
      observedOn: fc.constantFrom(...days),
      on: day,
      councils,
    });
    const order = ['not-met', 'partly', 'met'];
    let bettered = 0;
    await fc.assert(
      fc.asyncProperty(
        credited,
        async ({ events, person, observedOn, on, councils: at, ...what }) => {
          const data = {
            creditId: idOf('new credit'),
            framework: { id: framework, version: 1 },
            ...what,
            source: 'peer' as const,
            by: people.assessor,
            observedOn,
          };
          const more = andThen(events, streamOf(person), [{ type: 'SkillCredited', data }]);
          const was = await covered(events, { on, councils: at });
          const is = await covered(more, { on, councils: at });
          for (const [n, before] of (was?.items ?? []).entries()) {
            const after = is?.items[n];
            for (const [m, need] of before.needs.entries()) {
              const now = after?.needs[m];
              for (const [w, { enough }] of need.ways.entries()) {
                expect(now?.ways[w]?.enough).to.be.at.least(enough);
              }
              if (now?.state !== need.state) bettered += 1;
              if (need.state === 'not-known') continue;
              expect(order.indexOf(now?.state ?? '')).to.be.at.least(order.indexOf(need.state));
            }
            // Where the only known lack is made good, what is left may be not known.
            const stands = after?.state === 'not-known' ? 'partly' : after?.state;
            if (before.state === 'not-known') continue;
            expect(order.indexOf(stands ?? '')).to.be.at.least(order.indexOf(before.state));
          }
        },
      ),
      { numRuns: 120, endOnFailure: true },
    );
    expect(bettered).to.be.greaterThan(0);
  });

  it('says as of an index what it said then, and shares that add up to the bodies asked', async () => {
    const moments = skillHistories.chain((events) =>
      fc.record({
        events: fc.constant(events),
        n: fc.integer({ min: 0, max: events.length }),
        on: day,
        councils,
      }),
    );
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, n, ...query }) => {
        const then = profiled(events.slice(0, n));
        const data = {
          creditId: idOf('later'),
          framework: { id: framework, version: 1 },
          skill: skills[1] as string,
          level: 'expert',
          source: 'peer' as const,
          by: people.assessor,
          observedOn: '2025-12-01',
        };
        const stream = streamOf(people.members[1] ?? '');
        const later = andThen(then, stream, [{ type: 'SkillCredited', data }]);
        const was = await covered(then, query);
        const now = await covered(later, { ...query, asOf: { index: then.length } });
        expect(now).to.deep.equal(was);
        const { all, sums, items } = now ?? { all: undefined, sums: [], items: [] };
        expect(all?.councils).to.equal(items.length);
        expect((all?.known ?? 0) + (all?.notKnown ?? 0)).to.equal(items.length);
        expect(sums.reduce((sum, { lacking }) => sum + lacking, 0)).to.equal(all?.lacking);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('leads each figure to as many as it counts, by need and way', async () => {
    let counted = 0;
    const moments = fc.record({ events: skillHistories.map(profiled), on: day, councils });
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, ...asked }) => {
        await asking(events, async (source) => {
          const query = { profile, today, ...asked };
          const report = await coverageReport(source, { ...query, by: [] });
          for (const { council, needs } of report?.items ?? []) {
            for (const [need, n, way] of needs.flatMap(({ need: code, ways }) =>
              ways.map((one, at) => [code, at, one] as const),
            )) {
              const cell = { ...query, council: [council], need, way: n, all: true };
              const found = await coverageCell(source, cell, { limit: 500 });
              const of = (stands: string) =>
                found?.items.filter((one) => one.stands === stands).length ?? 0;
              const { enough, known } = way;
              expect([of('enough'), of('enough') + of('known')]).to.deep.equal([enough, known]);
              counted += known;
            }
          }
        });
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(counted).to.be.greaterThan(0);
  });
});
