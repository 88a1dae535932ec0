import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { after, describe, it } from 'mocha';
import { openStore } from '../../src/main/places.ts';
import { readSettings } from '../../src/main/settings.ts';
import { readModels } from '../../src/projections/read-models.ts';
import { rebuild } from '../../src/projections/rebuild.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import { type Double, startDouble } from '../store/kurrentdb-double/double.ts';
import type { Call, Fault } from '../store/kurrentdb-double/faults.ts';
import { tempDir } from '../support/temp.ts';
import type { Asked, Told } from './sweep-process.ts';
import { rowsOf } from './views.ts';

/** Each with a few commands on two processes at once. `npm run test:faults` makes more of them. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 50);
const COMMANDS = 6;
const MEMBERS = 8;
/** Of a hundred calls, so many meet a fault. */
const OF_A_HUNDRED = 25;

/** What a call may meet by chance. `silent` takes seconds each time, and has tests of its own. */
const met: Record<Call, readonly Fault[]> = {
  append: ['cut-before', 'cut-after', 'not-ready', 'timeout-stored', 'timeout-lost', 'slow'],
  readStream: ['cut-before', 'half', 'not-ready', 'not-leader', 'lag', 'slow'],
  readAll: ['cut-before', 'half', 'not-ready', 'not-leader'],
  subscribe: ['cut-before', 'cut-after', 'not-ready', 'end'],
};

const script = fileURLToPath(new URL('./sweep-process.js', import.meta.url));

describe('two ledger processes on a cluster where anything may fail', function () {
  this.timeout(rounds * 5_000 + 60_000);
  const children: ChildProcess[] = [];
  let double: Double;
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await double.close();
  });

  it(`lose and double no command in ${rounds} rounds, and both read models are what a rebuild gives`, async () => {
    double = await startDouble();
    const home = tempDir();
    const env = { ...process.env, LEDGER_HOME: home, LEDGER_STORE: double.address };
    const first = ask(children, join(home, 'first.db'), env);
    const told = await first({ what: 'members', count: MEMBERS });
    if (!('members' in told)) throw new Error(JSON.stringify(told));
    const second = ask(children, join(home, 'second.db'), env);

    const claimed = new Map<string, string>();
    const seed = Number(process.env['FAULT_SEED'] ?? Date.now());
    const random = randomOf(seed);
    byChance(double, random);
    for (let round = 0; round < rounds; round += 1) {
      const commands = Array.from({ length: COMMANDS }, async () => {
        const member = told.members[random(MEMBERS)] as string;
        const command = { what: 'claim', member, by: randomUUID(), key: randomUUID() } as const;
        // Some are sent to both, as by a caller whose first try came to nothing.
        const both = random(4) === 0;
        const answers = await Promise.all(
          (both ? [first, second] : [random(2) === 0 ? first : second]).map((to) => to(command)),
        );
        for (const answer of answers) {
          if (!('claimed' in answer)) throw new Error(`seed ${seed}: ${JSON.stringify(answer)}`);
          const before = claimed.get(command.key) ?? answer.claimed;
          expect(answer.claimed).to.equal(before);
          claimed.set(command.key, answer.claimed);
        }
      });
      await Promise.all(commands);
    }
    double.faults.byChance = () => undefined;

    const ends = await Promise.all([first({ what: 'end' }), second({ what: 'end' })]);
    const facts = double.log.all.filter(({ stream }) => stream.startsWith('ledger.'));
    expect(ends.map((end) => 'facts' in end && end.facts)).to.deep.equal([
      facts.length,
      facts.length,
    ]);
    const claims = facts.filter(({ type }) => type === 'Claimed').map(({ id }) => id);
    expect(claims.sort()).to.deep.equal([...claimed.values()].sort());

    const store = await openStore(readSettings(env));
    expect((await verifyLedger(store)).findings).to.deep.equal([]);
    const path = join(home, 'rebuilt.db');
    const signal = new AbortController().signal;
    await rebuild({ store, projections: readModels, path, signal });
    await store.close();
    const rows = rowsOf(path);
    for (const name of ['first.db', 'second.db']) {
      expect(rowsOf(join(home, name))).to.deep.equal(rows);
    }
  });
});

type Command = Asked extends infer One ? (One extends unknown ? Omit<One, 'n'> : never) : never;

/** A ledger process, asked and answering by messages. */
function ask(children: ChildProcess[], views: string, env: NodeJS.ProcessEnv) {
  const child = fork(script, [views], { env });
  children.push(child);
  const waiting = new Map<number, (told: Told) => void>();
  child.on('message', (told: Told) => {
    waiting.get(told.n)?.(told);
    waiting.delete(told.n);
  });
  child.on('exit', (code) => {
    for (const [n, tell] of waiting) tell({ n, failed: `the process ended with ${code}` });
  });
  let next = 0;
  return (command: Command): Promise<Told> => {
    next += 1;
    const n = next;
    child.send({ ...command, n });
    return new Promise((resolve) => waiting.set(n, resolve));
  };
}

function byChance({ faults }: Double, random: (below: number) => number): void {
  faults.byChance = (call) => {
    if (random(100) >= OF_A_HUNDRED) return undefined;
    const some = met[call];
    return some[random(some.length)];
  };
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
