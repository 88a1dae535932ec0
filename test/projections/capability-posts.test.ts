import { expect } from 'chai';
import { describe, it } from 'mocha';
import { postsOf, type SaidOfMember } from '../../src/projections/capability/posts.ts';
import { recorded } from '../../src/projections/capability/recorded.ts';

const joined: SaidOfMember = { at: 0, on: 20200101, is: 'member', grade: 'full' };
const post = (at: number, organisation: string, share: [number, number], on = 20200101) => ({
  at,
  on,
  post: { id: organisation, organisation, share },
});

/** Of one day: who counts where by how much. */
function on(day: number, ...said: SaidOfMember[]): Record<string, number> {
  const posts = postsOf([joined, ...said]).filter(({ from, until }) => from <= day && day < until);
  return Object.fromEntries(posts.map(({ organisation, people }) => [organisation, people]));
}

describe('posts, by which a member counts at bodies', () => {
  it('of one body are whole, whatever share of full time is worked there; of none, at none', () => {
    expect(on(20210101, post(1, 'a', [3, 5]))).to.deep.equal({ a: 100 });
    expect(on(20210101)).to.deep.equal({ '': 100 });
    expect(on(20191231)).to.deep.equal({});
  });

  it('of several are parts by what is worked in each, in hundredths that sum to the whole', () => {
    expect(on(20210101, post(1, 'a', [3, 5]), post(2, 'b', [2, 5]))).to.deep.equal({
      a: 60,
      b: 40,
    });
    const thirds = [post(1, 'a', [1, 1]), post(2, 'b', [1, 1]), post(3, 'c', [1, 1])];
    expect(on(20210101, ...thirds)).to.deep.equal({ a: 34, b: 33, c: 33 });
    expect(on(20210101, post(1, 'a', [0, 1]), post(2, 'b', [0, 1]))).to.deep.equal({
      a: 50,
      b: 50,
    });
  });

  it('follow a share that changes, and an end, from their days on', () => {
    const said = [
      post(1, 'a', [1, 2]),
      post(2, 'b', [1, 2]),
      { at: 3, on: 20210601, post: { id: 'a', share: [1, 6] as const } },
      { at: 4, on: 20220101, post: { id: 'b' } },
    ];
    expect(on(20210531, ...said)).to.deep.equal({ a: 50, b: 50 });
    expect(on(20210601, ...said)).to.deep.equal({ a: 25, b: 75 });
    expect(on(20220101, ...said)).to.deep.equal({ a: 100 });
  });

  it('are none while somebody is no member; after a death there are none ever again', () => {
    const lapsed: SaidOfMember = { at: 1, on: 20210101, is: 'ended' };
    const back: SaidOfMember = { at: 2, on: 20220101, is: 'member' };
    const died: SaidOfMember = { at: 3, on: 20220601, is: 'died' };
    expect(on(20210101, lapsed, back)).to.deep.equal({});
    expect(on(20220101, lapsed, back)).to.deep.equal({ '': 100 });
    expect(on(20230101, died, { at: 4, on: 20220701, is: 'member' })).to.deep.equal({});
  });

  it('in rows are closed where they became known otherwise, and go on where they did not', () => {
    const said: SaidOfMember[] = [
      joined,
      post(5, 'a', [1, 1], 20210101),
      post(9, 'b', [1, 1], 20220101),
    ];
    const [, taken] = said;
    if (taken !== undefined) taken.gone = 12;
    const rows = recorded(said, postsOf).map(({ row, recordedFrom, recordedUntil }) => [
      row.organisation || 'none',
      row.from,
      row.until,
      row.people,
      recordedFrom,
      recordedUntil,
    ]);
    expect(rows).to.deep.equal([
      ['none', 20200101, 99999999, 100, 0, 5],
      ['none', 20200101, 20210101, 100, 5, 12],
      ['a', 20210101, 99999999, 100, 5, 9],
      ['a', 20210101, 20220101, 100, 9, 12],
      ['a', 20220101, 99999999, 50, 9, 12],
      ['b', 20220101, 99999999, 50, 9, 12],
      ['none', 20200101, 20220101, 100, 12, null],
      ['b', 20220101, 99999999, 100, 12, null],
    ]);
  });
});
