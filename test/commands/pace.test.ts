import { expect } from 'chai';
import { describe, it } from 'mocha';
import { unhurried } from '../../src/commands/pace.ts';

function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('The pace of commands', () => {
  it('lets timers have their turn between many that are ready at once', async () => {
    let done = 0;
    let doneByThen: number | undefined;
    setTimeout(() => {
      doneByThen = done;
    }, 0);
    const work = async (): Promise<void> => {
      await unhurried();
      busyFor(1);
      done += 1;
    };
    await Promise.all(Array.from({ length: 50 }, work));
    expect(doneByThen).to.be.lessThan(50);
  });

  it('keeps the order in which they came', async () => {
    const order: number[] = [];
    const work = async (number: number): Promise<void> => {
      await unhurried();
      busyFor(1);
      order.push(number);
    };
    await Promise.all(Array.from({ length: 20 }, (_, number) => work(number)));
    expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
  });
});
