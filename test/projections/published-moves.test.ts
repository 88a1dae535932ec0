import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  codeOf,
  movesBetween,
  type Stand,
} from '../../src/projections/capability/published-moves.ts';

const skills = [
  { id: 'law', levels: ['held', 'low', 'high'] },
  { id: 'data', levels: ['held', 'low', 'high'] },
];

type Has = [skill: number, rank: number, current: boolean];

function stand(had: Has[], { where = 'north', bodies = 'a', numbers = [1] } = {}): Stand {
  const codes = had.map(([skill, rank, current]) => codeOf({ skill, rank, current, events: 1 }));
  return { numbers, where, bodies, had: Uint32Array.from(codes) };
}

function look(...people: Stand[]) {
  return { skills, people: new Map(people.map((one) => [one.numbers[0] ?? 0, one])) };
}

const low = stand([[0, 1, true]]);

describe('Who moved between two looks', () => {
  it('is nobody where everybody stands as they stood, whatever numbers skills and levels have', () => {
    const swapped = [...skills].reverse();
    const finer = [
      { id: 'data', levels: ['held'] },
      { id: 'law', levels: ['held', 'new', 'low'] },
    ];
    const now = stand([[1, 2, true]]);
    expect(movesBetween(look(low), look(low))).to.deep.equal({ bySkill: {}, why: {} });
    expect(
      movesBetween(look(low), { skills: swapped, people: new Map([[1, stand([[1, 1, true]])]]) }),
    ).to.deep.equal({ bySkill: {}, why: {} });
    expect(
      movesBetween(look(low), { skills: finer, people: new Map([[1, now]]) }).bySkill,
    ).to.deep.equal({});
  });

  const cases: [string, Stand, Stand | undefined, string][] = [
    ['new', stand([]), low, 'new'],
    ['gone', low, undefined, 'gone'],
    ['stale', low, stand([[0, 1, false]]), 'stale'],
    ['renewed', stand([[0, 1, false]]), low, 'renewed'],
    ['at another level', low, stand([[0, 2, true]]), 'other-level'],
    ['elsewhere', low, stand([[0, 1, true]], { where: 'south', bodies: 'b' }), 'other-post'],
    ['where their body was moved', low, stand([[0, 1, true]], { where: 'south' }), 'reorganised'],
  ];
  for (const [says, before, after, why] of cases) {
    it(`is one who is ${says}`, () => {
      const now = after === undefined ? look() : look(after);
      const once = { bySkill: { law: 1 }, why: { [why]: 1 } };
      expect(movesBetween(look(before), now)).to.deep.equal(once);
    });
  }

  it('counts each person once for a skill, and once for a reason', () => {
    const both = stand([
      [0, 1, true],
      [1, 1, true],
    ]);
    expect(movesBetween(look(), look(both))).to.deep.equal({
      bySkill: { law: 1, data: 1 },
      why: { new: 1 },
    });
  });

  it('passes over who had two ids at one of the looks', () => {
    const merged = stand([[0, 2, true]], { numbers: [1, 2] });
    const twice = [low, stand([[0, 1, true]], { numbers: [2] })];
    expect(movesBetween(look(...twice), look(merged))).to.deep.equal({ bySkill: {}, why: {} });
  });
});
