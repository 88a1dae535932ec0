import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { AnyFact } from '../../src/events/registry.ts';
import { openAside } from '../../src/projections/verify/aside.ts';
import { openAudit } from '../../src/projections/verify/audit.ts';
import { type Finding, openReport } from '../../src/projections/verify/finding.ts';
import { readFact } from '../../src/projections/verify/read.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { saidOf, withData } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people } from '../support/history-told.ts';

/** What the audit finds where it expects so many facts: the more, the fewer members are replayed at a time. */
async function foundWith(events: readonly StoredEvent[], facts: number): Promise<Finding[]> {
  const report = openReport();
  const read = events.map((event) => readFact(event, report) as AnyFact);
  const earlier = async ({ stream, index }: AnyFact) =>
    read.filter((fact) => fact.stream === stream && fact.index < index);
  const aside = openAside();
  const audit = openAudit({ report, aside, earlier, facts });
  for (const fact of read) await audit.follow(fact);
  await audit.close();
  aside.close();
  return report.findings();
}

describe('verify: members by parts', () => {
  it('finds the same, in the same order, in however many parts', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (events, pick) => {
        const decided = saidOf(events, 'ClaimApproved', 'ClaimRejected', 'ReviewUpheld');
        const one = decided[pick % Math.max(1, decided.length)];
        fc.pre(one !== undefined);
        // Whether it is one of these two was told by an absorption, at some index or not at all.
        const spoilt = withData(one, (data: { decision: object }) => ({
          ...data,
          decision: { ...data.decision, decidedBy: [people.double] },
        }));
        const broken = events.with(one.index, spoilt);
        const atOnce = await foundWith(broken, broken.length);
        found += atOnce.length;
        expect(await foundWith(broken, 10_000_000)).to.deep.equal(atOnce);
        expect(await foundWith(events, 10_000_000)).to.deep.equal([]);
      }),
      { numRuns: 40 },
    );
    expect(found).to.be.at.least(40);
  });

  it('gives back what was put aside, bin by bin, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 200 }), (bins) => {
        const aside = openAside();
        for (const [n, bin] of bins.entries()) aside.put(`bin ${bin}`, { n });
        for (const bin of [0, 1, 2]) {
          const taken = [...aside.take<{ n: number }>(`bin ${bin}`)].flat();
          const put = bins.flatMap((of, n) => (of === bin ? [{ n }] : []));
          expect(taken).to.deep.equal(put);
        }
        aside.close();
      }),
      { numRuns: 20 },
    );
  });

  it('gives findings in ledger order, and the first thousand of more', () => {
    const report = openReport();
    const fact = (index: number) => ({ id: '', stream: 'ledger', revision: 0n, index, type: 'X' });
    report.whole('is last');
    for (let index = 2_500; index > 0; index--) report.fact(fact(index), 'is wrong');
    report.fact(fact(1), 'is wrong twice');
    report.whole('is first', 'before');
    expect(report.found()).to.equal(2_503);
    const findings = report.findings();
    expect(findings.map(({ index }) => index)).to.deep.equal([
      undefined,
      1,
      1,
      ...Array.from({ length: 997 }, (_, n) => n + 2),
    ]);
    expect(findings[0]?.says).to.equal('is first');
    expect(findings[2]?.says).to.include('is wrong twice');
  });
});
