import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { it } from 'mocha';
import type { Open } from './event-store.contract.ts';
import { type Adapter, newStream, wholeLedger } from './facts.ts';
import { followUntil } from './follow.contract.ts';

const script = fileURLToPath(new URL('./appending-process.js', import.meta.url));

/** What one process is answered, the others find. */
export function processContract(open: Open, adapter: Adapter): void {
  it('follows the appends of another process', async () => {
    const address = adapter.fresh();
    const store = await open(address);
    const following = followUntil(store, undefined, 30);
    const other = start(adapter, address, newStream(), 30);
    const answered = await linesOf(other);
    expect((await following).map(({ id }) => id)).to.deep.equal(answered);
  }).timeout(120_000);

  it('lets several processes make one ledger, append to one stream, and loses nothing that was answered', async () => {
    const address = adapter.fresh();
    const stream = newStream();
    const answered = await Promise.all(
      [0, 1, 2].map(() => linesOf(start(adapter, address, stream, 40))),
    );
    const stored = await (await open(address)).readStream(stream, 0n);
    expect(stored.map(({ id }) => id)).to.have.members(answered.flat());
    expect(stored.map(({ revision }) => Number(revision))).to.deep.equal([...stored.keys()]);
  }).timeout(120_000);

  it('keeps what was answered when one of two processes is killed, and serves the other', async () => {
    const address = adapter.fresh();
    const [shared, own] = [newStream(), newStream()];
    const doomed = start(adapter, address, shared, 1_000_000);
    const beside = linesOf(start(adapter, address, shared, 60));
    const answered = await linesOf(doomed, 60);
    const survivors = await beside;
    const later = await linesOf(start(adapter, address, own, 5));

    const ledger = await wholeLedger(await open(address));
    const known = new Set(ledger.map(({ id }) => id));
    expect([...answered, ...survivors, ...later].filter((id) => !known.has(id))).to.deep.equal([]);
    expect(known.size).to.equal(ledger.length);
    expect(ledger.map(({ index }) => index)).to.deep.equal([...ledger.keys()]);
    // The killed one has one append under way at a time: at most that one was stored and not answered.
    expect(ledger.length - answered.length - survivors.length - later.length).to.be.within(0, 1);
  }).timeout(120_000);
}

function start(adapter: Adapter, address: string, stream: string, count: number): ChildProcess {
  return spawn(process.execPath, [script, adapter.module, address, stream, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The ids that the process was answered; it is killed at the line `killAt`, and its last words still count. */
async function linesOf(child: ChildProcess, killAt = Infinity): Promise<string[]> {
  const lines: string[] = [];
  const ended = once(child, 'exit');
  if (child.stdout === null) throw new Error('the process has no stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === killAt) child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  expect(killAt === Infinity ? code : signal).to.equal(killAt === Infinity ? 0 : 'SIGKILL');
  return lines;
}
