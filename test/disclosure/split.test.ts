import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { aboutParts, stepOf } from '../../src/disclosure/split.ts';
import type { Rule } from '../../src/disclosure/table.ts';

type Rounding = (counts: readonly number[], rule: Rule) => readonly number[];

/** Whether an attacker who tries every way in which a whole can fall narrows some part to too few counts. */
function narrows(whole: number, parts: number, rule: Rule, by: Rounding = aboutParts): boolean {
  const ranges = new Map<string, { least: number[]; most: number[] }>();
  for (const counts of compositions(whole, parts)) {
    const name = by(counts, rule).join();
    const range = ranges.get(name) ?? { least: counts, most: counts };
    ranges.set(name, {
      least: range.least.map((least, at) => Math.min(least, counts[at] ?? 0)),
      most: range.most.map((most, at) => Math.max(most, counts[at] ?? 0)),
    });
  }
  return [...ranges.values()].some(({ least, most }) =>
    most.some((count, at) => count - (least[at] ?? 0) < Math.min(rule.smallest, whole)),
  );
}

function* compositions(whole: number, parts: number): Generator<number[]> {
  if (parts <= 1) {
    yield [whole];
    return;
  }
  for (let first = 0; first <= whole; first += 1) {
    for (const rest of compositions(whole - first, parts - 1)) yield [first, ...rest];
  }
}

const rules: readonly Rule[] = [
  { smallest: 1, base: 1 },
  { smallest: 2, base: 5 },
  { smallest: 3, base: 1 },
  { smallest: 2, base: 3 },
];

describe('A known whole in parts', () => {
  for (const rule of rules) {
    for (const parts of [2, 3, 4]) {
      it(`lets no part be narrowed, whichever way it falls: ${parts} parts, ${JSON.stringify(rule)}`, () => {
        // From twice a step a part on, some part can lose a step and nothing else changes.
        const beyond = 2 * parts * stepOf(rule);
        for (let whole = 0; whole < Math.min(beyond + stepOf(rule), 50); whole += 1) {
          expect(narrows(whole, parts, rule), `${whole}`).to.equal(false);
        }
      });
    }
  }

  it('is narrowed by an attacker where each part is rounded down for itself', () => {
    const down: Rounding = (counts, rule) => counts.map((count) => count - (count % stepOf(rule)));
    expect(narrows(20, 3, { smallest: 2, base: 5 }, down)).to.equal(true);
  });

  it('is narrowed where a step is no more than twice the smallest', () => {
    const short: Rounding = (counts) => aboutParts(counts, { smallest: 1, base: 4 });
    expect(narrows(20, 3, { smallest: 4, base: 4 }, short)).to.equal(true);
  });

  it('comes to the whole rounded down, and no part is a step off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(80), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...rules),
        (counts, rule) => {
          const step = stepOf(rule);
          const whole = counts.reduce((sum, count) => sum + count, 0);
          const about = aboutParts(counts, rule);
          expect(about.reduce((sum, part) => sum + part, 0)).to.equal(whole - (whole % step));
          for (const [at, part] of about.entries()) {
            expect(Math.abs(part - (counts[at] ?? 0))).to.be.below(step);
            expect(part % step).to.equal(0);
          }
        },
      ),
    );
  });

  it('says nothing of a whole below a step', () => {
    expect(aboutParts([3, 0, 1, 0], { smallest: 2, base: 5 })).to.deep.equal([0, 0, 0, 0]);
    expect(aboutParts([4, 0, 1, 0], { smallest: 2, base: 5 })).to.deep.equal([5, 0, 0, 0]);
  });
});
