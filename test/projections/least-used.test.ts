import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { leastUsed } from '../../src/projections/least-used.ts';

const MOST = 20;
const names = ['a', 'b', 'c', 'd', 'e'];
const steps = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    size: fc.option(fc.integer({ min: 1, max: MOST + 5 }), { nil: undefined }),
  }),
  { maxLength: 60 },
);

describe('What is kept, the least lately used let go', () => {
  it('is what was used last, as much of it as there is room for', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const kept = leastUsed<{ size: number }>(MOST, ({ size }) => size);
        // The latest last.
        let model: { name: string; size: number }[] = [];
        for (const { name, size } of taken) {
          const known = model.find((one) => one.name === name);
          const now = size === undefined ? known : { name, size };
          if (size !== undefined) kept.set(name, { size });
          else expect(kept.get(name)?.size).to.equal(known?.size);
          model = [...model.filter((one) => one !== known), ...(now === undefined ? [] : [now])];
          while (model.reduce((sum, one) => sum + one.size, 0) > MOST) model.shift();
        }
        for (const { name, size } of model) expect(kept.get(name)?.size).to.equal(size);
        const held = names.filter((name) => kept.get(name) !== undefined);
        expect(held).to.have.members(model.map(({ name }) => name));
      }),
    );
  });
});
