import { expect } from 'chai';
import { describe, it } from 'mocha';
import { doneBefore } from '../../src/commands/award.ts';
import { knownCodes } from '../../src/commands/claim-codes.ts';
import type { JoinedSchemes } from '../../src/commands/schemes-of-member.ts';
import type { ClaimLine } from '../../src/events/claim.ts';
import { published } from '../support/member-history.ts';
import { bookOf, kind } from '../support/small-book.ts';

const named = bookOf({
  kinds: [kind('talk', { earns: [{ when: { roles: ['marshal'] }, points: 1 }, { points: 2 }] })],
  limits: [{ name: 'wells', of: { topics: ['wells'] }, per: 'cycle', entries: 1 }],
});
const schemes = [
  {
    id: 'a',
    anchor: '2020-01-01',
    track: undefined,
    from: '2020-01-01',
    until: undefined,
    scheme: { rulebooks: published(['2020-01-01', named]) },
  },
] as unknown as JoinedSchemes;

describe('a code that describes what was done', () => {
  it('is one of the closed list, or one that a rulebook of the member’s schemes names', () => {
    expect(() =>
      knownCodes(schemes, { attributes: { role: 'author' }, topics: ['ethics'] }),
    ).not.to.throw();
    expect(() =>
      knownCodes(schemes, { attributes: { role: 'marshal' }, topics: ['wells'] }),
    ).not.to.throw();
  });

  it('is refused where neither has it, or another field has', () => {
    expect(() => knownCodes(schemes, { attributes: { role: 'dismissed-for-theft' } })).to.throw(
      'no list of roles',
    );
    expect(() => knownCodes(schemes, { topics: ['marshal'] })).to.throw('no list of topics');
    expect(() => knownCodes([], { attributes: { role: 'marshal' } })).to.throw('no list of roles');
  });
});

describe('the same work', () => {
  const line = (lineId: string, workRef?: string) =>
    ({ lineId, attributes: { workRef } }) as ClaimLine;
  it('is repeated by the second of two lines of one claim, and not by one about another work', () => {
    const first = line('1', 'w');
    expect(doneBefore(new Map(), first, [])).to.equal(false);
    expect(doneBefore(new Map(), line('2', 'w'), [first])).to.equal(true);
    expect(doneBefore(new Map(), line('3', 'v'), [first])).to.equal(false);
    expect(doneBefore(new Map(), line('4'), [line('5')])).to.equal(false);
  });
});
