import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CapabilityQuery } from '../../src/projections/capability/asked.ts';
import { capabilityCell } from '../../src/projections/capability/cell.ts';
import { capabilityReport } from '../../src/projections/capability/report.ts';
import type { DimensionName } from '../../src/projections/capability/table.ts';
import { asking } from '../support/capability-source.ts';
import { days, skillHistories } from '../support/skill-histories.ts';

const today = '2026-01-20';
const asked = fc.record({
  events: skillHistories,
  on: fc.constantFrom(...days, today),
  councils: fc.constantFrom('then' as const, 'today' as const),
});

const question = (query: Partial<CapabilityQuery> & { on: string }): CapabilityQuery => ({
  by: [],
  councils: 'then',
  today,
  ...query,
});

describe('parts of a report of capability', function () {
  this.timeout(120_000);

  it('a body asked alone has what it has in the whole: also where bodies were merged and split', async () => {
    let bodies = 0;
    await fc.assert(
      fc.asyncProperty(asked, async ({ events, ...query }) => {
        await asking(events, async (source) => {
          const by: DimensionName[] = ['council', 'skill', 'level', 'grade'];
          const whole = await capabilityReport(source, question({ ...query, by }));
          for (const council of new Set(whole.cells.map(({ key: [one = ''] }) => one))) {
            const alone = question({ ...query, by, council: [council] });
            const { cells } = await capabilityReport(source, alone);
            expect(cells).to.deep.equal(whole.cells.filter(({ key }) => key[0] === council));
            bodies += 1;
          }
        });
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(bodies).to.be.greaterThan(0);
  });

  it('a month of a trend is what its last day is', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ events, on, councils }) => {
        await asking(events, async (source) => {
          const by: DimensionName[] = ['month', 'skill', 'level', 'council'];
          const since = '2024-11-15';
          if (on < since) return;
          // In one version: a trend speaks in the words of its last day.
          const version = 1;
          const trend = await capabilityReport(
            source,
            question({ on, councils, by, since, version }),
          );
          for (const { month, on: day } of trend.bases) {
            const one = question({ on: day, councils, by: by.slice(1), version });
            const { cells } = await capabilityReport(source, one);
            const found = trend.cells
              .filter(({ key }) => key[0] === month)
              .map(({ key: [, ...key], ...cell }) => ({ ...cell, key }));
            expect(found).to.have.deep.members(cells);
          }
        });
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('an explanation has the people of its figure, and a fact for each credit that counts', async () => {
    let explained = 0;
    await fc.assert(
      fc.asyncProperty(asked, async ({ events, ...query }) => {
        await asking(events, async (source) => {
          const by: DimensionName[] = ['skill', 'level', 'council'];
          const { cells } = await capabilityReport(source, question({ ...query, by }));
          for (const { key, people, heads } of cells) {
            const [skill = '', level = '', council = ''] = key;
            const filters = { skill: [skill], level: [level], council: [council] };
            const cell = question({ ...query, ...filters });
            const { items } = await capabilityCell(source, cell, { limit: 500 });
            const parts = items.flatMap(({ placed }) => placed.map((one) => one.people));
            expect(parts.reduce((sum, part) => sum + part, 0)).to.equal(people);
            expect(items).to.have.length(heads);
            for (const { skills } of items) {
              const counting = skills[0]?.credits.filter(({ verdict }) =>
                verdict.startsWith('counts'),
              );
              expect(counting).not.to.be.empty;
              for (const { fact } of counting ?? []) {
                expect(events[fact.index]).to.include({ id: fact.id, type: fact.type });
              }
            }
            explained += 1;
          }
        });
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(explained).to.be.greaterThan(0);
  });
});
