import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CapabilityQuery } from '../../src/projections/capability/asked.ts';
import {
  type CapabilityReport,
  capabilityReport,
} from '../../src/projections/capability/report.ts';
import type { Cell, DimensionName, Figures } from '../../src/projections/capability/table.ts';
import { capabilitySource } from '../support/capability-source.ts';
import { days, skillHistories } from '../support/skill-histories.ts';

const today = '2026-01-20';
const dimensions: DimensionName[] = [
  'skill',
  'level',
  'council',
  'region',
  'nation',
  'type',
  'grade',
];

const queries: fc.Arbitrary<CapabilityQuery> = fc.record({
  on: fc.constantFrom(...days, today),
  by: fc.subarray(dimensions),
  councils: fc.constantFrom('then' as const, 'today' as const),
  today: fc.constant(today),
  version: fc.constantFrom(undefined, 1),
});

const moments = skillHistories.chain((events) =>
  fc.record({
    events: fc.constant(events),
    n: fc.integer({ min: 1, max: events.length }),
    query: queries,
  }),
);

async function reported(
  events: Parameters<typeof capabilitySource>[0],
  query: CapabilityQuery,
): Promise<CapabilityReport> {
  const source = await capabilitySource(events);
  try {
    return await capabilityReport(source, query);
  } finally {
    source.close();
  }
}

const additive = ['holdings', 'currentHoldings'] as const;
const ofPeople = [...additive, 'people', 'current', 'stale'] as const;

function sum(cells: readonly Cell[], names: readonly (keyof Figures)[]): number[] {
  return names.map((name) => cells.reduce((all, cell) => all + cell[name], 0));
}

describe('the report of capability (issue 5, laws)', function () {
  this.timeout(120_000);

  it('says as of an index what it said when that was all there was', async () => {
    let people = 0;
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, n, query }) => {
        const then = await reported(events.slice(0, n), query);
        const now = await reported(events, { ...query, asOf: { index: n } });
        expect(now).to.deep.equal(then);
        people += then.totals[0]?.people ?? 0;
      }),
      { numRuns: 40 },
    );
    expect(people).to.be.greaterThan(0);
  });

  it('sums to the total over every cut: holdings over all, people over where they are', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, query }) => {
        const { cells, totals } = await reported(events, query);
        expect(sum(cells, additive)).to.deep.equal(sum(totals, additive));
        if (query.by.includes('skill') || query.by.includes('level')) return;
        expect(sum(cells, ofPeople)).to.deep.equal(sum(totals, ofPeople));
      }),
      { numRuns: 40 },
    );
  });

  it('counts each who has a skill once in all, in hundredths of whole people', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, query }) => {
        const { totals, bases } = await reported(events, query);
        const [total] = totals;
        expect(total?.people ?? 0).to.equal((total?.heads ?? 0) * 100);
        expect(bases[0]?.withSkill).to.equal(total?.people ?? 0);
        expect(bases[0]?.members).to.equal((bases[0]?.heads ?? 0) * 100);
        const byType = bases[0]?.byType ?? [];
        expect(byType.reduce((all, { members }) => all + members, 0)).to.equal(bases[0]?.members);
      }),
      { numRuns: 40 },
    );
  });

  it('has beside a trend that of a constant group, which is never more, and the same over one month', async () => {
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(moments, fc.boolean(), async ({ events, query }, once) => {
        const by: DimensionName[] = ['month', ...query.by];
        const since = once ? query.on : '2023-01-01';
        const { cells, bases, constant } = await reported(events, { ...query, by, since });
        const least = Math.min(...bases.map(({ heads }) => heads));
        expect(constant?.heads).to.be.at.most(least);
        if (bases.length === 1) {
          expect(constant).to.deep.equal({ heads: bases[0]?.heads, cells });
          return;
        }
        const plain = new Map(cells.map((cell) => [cell.key.join(), cell.holdings]));
        for (const { key, holdings } of constant?.cells ?? []) {
          expect(holdings).to.be.at.most(plain.get(key.join()) ?? 0);
        }
        if (Number(sum(constant?.cells ?? [], ['heads'])) < Number(sum(cells, ['heads'])))
          fewer += 1;
      }),
      { numRuns: 40 },
    );
    expect(fewer, 'groups that were not the whole').to.be.greaterThan(0);
  });

  it('has no constant group where it is no trend', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ events, query }) => {
        expect(await reported(events, query)).to.not.have.property('constant');
      }),
      { numRuns: 3 },
    );
  });
});
