import { expect } from 'chai';
import { describe, it } from 'mocha';
import { retractable } from '../../src/commands/retractable.ts';
import { registry } from '../../src/events/registry.ts';
import { retractedBy, withoutRetracted } from '../../src/events/retraction.ts';
import { registered } from '../support/past.ts';
import { fact, idOf } from '../support/specification.ts';

const lapsed = fact('Lapsed', { effectiveOn: '2026-01-01' });
const retraction = fact('FactRetracted', {
  eventId: lapsed.fact.id,
  reasons: ['administrative-error'],
  correction: idOf('correction'),
});
const facts = [registered(), lapsed, retraction].map((told) => told.fact);
const types = (some: typeof facts): string[] => some.map(({ type }) => type);

describe('a retraction', () => {
  it('takes a fact out, and stays itself', () => {
    expect(types(withoutRetracted(facts))).to.deep.equal(['Registered', 'FactRetracted']);
    expect([...retractedBy(facts)]).to.deep.equal([lapsed.fact.id]);
  });

  it('takes nothing out of what was known before it', () => {
    expect(types(withoutRetracted(facts.slice(0, 2)))).to.deep.equal(['Registered', 'Lapsed']);
  });

  it('leaves the list that it was given as it was', () => {
    const before = [...facts];
    withoutRetracted(facts);
    expect(facts).to.deep.equal(before);
    expect(withoutRetracted(facts.slice(0, 1))).to.not.equal(facts);
  });

  it('is possible, or not and why, for every fact of a member', () => {
    const ofMembers = [...registry.values()].filter(({ category }) => category === 'member');
    expect(Object.keys(retractable).sort()).to.deep.equal(ofMembers.map(({ type }) => type).sort());
  });

  it('is of facts alone that nothing else reverses: never of an approval, an erasure or another retraction', () => {
    for (const type of ['ClaimApproved', 'Erased', 'FactRetracted', 'Registered'] as const) {
      expect(retractable[type]).to.match(/^by /);
    }
  });
});
