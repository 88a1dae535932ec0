import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { absorb } from '../../src/commands/absorb.ts';
import { claimActivity } from '../../src/commands/claim.ts';
import { absorbDuplicate } from '../../src/commands/duplicate.ts';
import { handle, type Ledger } from '../../src/commands/handle.ts';
import { changeGrade, endMembership, joinScheme } from '../../src/commands/membership.ts';
import { limits } from '../../src/limits.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import {
  anHour,
  asking,
  beginScheme,
  claims,
  newMember,
  openAt,
  refusal,
  request,
  run,
} from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('commands at the same moment', () => {
  let home: string;
  let ledger: OpenLedger;
  let scheme: string;
  let member: string;
  let time: string;
  beforeEach(async () => {
    home = tempDir();
    time = '2026-03-10T09:00:00.000Z';
    ledger = await openAt(home, () => time);
    scheme = await beginScheme(ledger);
    member = await newMember(ledger, scheme);
  });
  afterEach(() => ledger.close());

  const facts = () => ledger.store.readStream(`member-${member}`, 0n);
  const types = async (): Promise<string[]> => (await facts()).map(({ type }) => type);

  it('is written once where it comes many times at the same moment', async () => {
    const joining = { scheme: await beginScheme(ledger), on: '2025-01-01' };
    const asked = request(joinScheme, member, joining);
    const answers = await Promise.all(Array.from({ length: 8 }, () => handle(ledger, asked)));
    expect(new Set(answers.map(({ revision }) => revision))).to.deep.equal(new Set([2n]));
    expect((await types()).filter((type) => type === 'SchemeJoined')).to.have.length(2);
  });

  it('is written once where it comes at the same moment with other contents, and refused to all others', async () => {
    const asked = asking();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        refusal(handle(ledger, request(claimActivity, member, anHour(`Title ${n}`), asked))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'not refused')).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome === 'key-reused')).to.have.length(7);
    expect((await types()).filter((type) => type === 'Claimed')).to.have.length(1);
  });

  it('is decided on what it is appended after: of many that exclude each other one is written', async () => {
    const grade = { grade: 'fellow', effectiveOn: '2026-01-01' };
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => refusal(run(ledger, changeGrade, member, grade))),
    );
    expect(outcomes.sort()).to.deep.equal([
      'grade-same',
      'grade-same',
      'grade-same',
      'not refused',
    ]);
    expect((await types()).filter((type) => type === 'GradeChanged')).to.have.length(1);
  });

  it('is told as a repeat where its twin was written while it waited for another stream', async () => {
    const asked = request(joinScheme, member, {
      scheme: await beginScheme(ledger),
      on: '2025-01-01',
    });
    const twin = once(() => handle(ledger, asked));
    const { streams } = ledger;
    const waiting: Ledger = {
      ...ledger,
      streams: {
        async load(category, id) {
          if (category === 'scheme') await twin();
          return streams.load(category, id);
        },
        inTurn: outOfTurn,
      },
    };
    expect((await handle(waiting, asked)).repeated).to.equal(true);
  });

  it('is decided anew where another was written while it waited for a key', async () => {
    const grade = { grade: 'fellow', effectiveOn: '2026-01-01' };
    const other = once(() => run(ledger, changeGrade, member, grade));
    const waiting: Ledger = {
      ...ledger,
      streams: { ...ledger.streams, inTurn: outOfTurn },
      vault: {
        ...ledger.vault,
        async key(kid) {
          await other();
          return ledger.vault.key(kid);
        },
      },
    };
    expect(await refusal(handle(waiting, request(changeGrade, member, grade)))).to.equal(
      'grade-same',
    );
    expect((await types()).filter((type) => type === 'GradeChanged')).to.have.length(1);
  });

  it('is sent once, however many are asked of one member: each waits for the one before it', async () => {
    let sent = 0;
    const store: Ledger['store'] = {
      ...ledger.store,
      append(...given) {
        sent += 1;
        return ledger.store.append(...given);
      },
    };
    const early = { lines: [{ ...anHour().lines[0], from: '2026-05-01' }] };
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, () => refusal(claims({ ...ledger, store }, member))),
      refusal(run({ ...ledger, store }, claimActivity, member, early)),
      ...Array.from({ length: 10 }, () => refusal(claims({ ...ledger, store }, member))),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'not refused')).to.have.length(20);
    expect(outcomes[10]).to.equal('claimed-too-early');
    expect(sent).to.equal(20);
  });

  it('is tried again where another process wrote in between, and sees what it wrote', async () => {
    const second = await openAt(home, () => time);
    try {
      const ours = Array.from({ length: 10 }, () => claims(ledger, member));
      const theirs = Array.from({ length: 10 }, () => claims(second, member));
      const outcomes = await Promise.all([...ours, ...theirs].map(refusal));
      const written = outcomes.filter((outcome) => outcome === 'not refused').length;
      expect(outcomes.filter((one) => one === 'Contended')).to.have.length(20 - written);
      expect((await types()).filter((type) => type === 'Claimed')).to.have.length(written);
      const ended = { how: 'Lapsed', effectiveOn: '2026-01-01' };
      await run(second, endMembership, member, ended);
      expect(await refusal(claims(ledger, member))).to.equal('membership-ended');
    } finally {
      await second.close();
    }
  });

  it('makes a duplicate one with one survivor where two ask at once, and leaves nothing in the other', async () => {
    const second = await openAt(home, () => time);
    try {
      for (let round = 0; round < 5; round++) {
        const duplicate = await newMember(ledger, scheme);
        const survivors = [await newMember(ledger, scheme), await newMember(ledger, scheme)];
        const asked = survivors.map((one) => request(absorbDuplicate, one, { duplicate }));
        const outcomes = await Promise.all(
          asked.map((one, n) => refusal(absorb(n === 0 ? ledger : second, one))),
        );
        expect([...outcomes].sort()).to.deep.equal(['already-absorbed', 'not refused']);
        const { state } = await ledger.streams.load('member', duplicate);
        expect(state.erasure.mergedInto).to.equal(survivors[outcomes.indexOf('not refused')]);
        for (const [n, survivor] of survivors.entries()) {
          const { absorbed } = (await ledger.streams.load('member', survivor)).state.erasure;
          expect(absorbed.has(duplicate)).to.equal(outcomes[n] === 'not refused');
        }
      }
    } finally {
      await second.close();
    }
  });

  it('is Contended when others go on writing, and may then be sent again', async () => {
    const asked = request(claimActivity, member, anHour());
    let writing = limits.conflictRetries + 1;
    const other = { ...ledger, streams: { ...ledger.streams, inTurn: outOfTurn } };
    const contended: Ledger = {
      ...ledger,
      store: {
        ...ledger.store,
        // Another process is faster, each time.
        async append(stream, expected, events) {
          if (writing-- > 0) await claims(other, member);
          return ledger.store.append(stream, expected, events);
        },
      },
    };
    expect(await refusal(handle(contended, asked))).to.equal('Contended');
    expect((await handle(ledger, asked)).repeated).to.equal(false);
  });
});

/** As of another process: it does not wait for what this one has under way. */
function outOfTurn<T>(_stream: string, work: () => Promise<T>): Promise<T> {
  return work();
}

/** Does something the first time that it is called. */
function once(work: () => Promise<unknown>): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await work();
  };
}
