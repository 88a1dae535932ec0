import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { AnyFact } from '../../src/events/registry.ts';
import { factOf, type Lean, leanOf } from '../../src/projections/standing-lean.ts';

const quantity = { amount: 90, unit: 'minute' };
const line = (more: object) => ({
  lineId: 'line',
  kind: 'course',
  quantity,
  from: '2026-02-01',
  until: '2026-02-03',
  ...more,
});
const award = (scheme: string, version: number) => ({
  scheme,
  rulebook: { version, eventId: `${scheme} ${version}` },
  category: `of ${scheme}`,
  points: 100 * version,
});

function fact(type: string, data: object, metadata: object = {}): AnyFact {
  const recordedAt = '2026-02-28T23:59:00.000Z';
  return { id: 'id', index: 7, type, data, metadata: { recordedAt, ...metadata } } as AnyFact;
}

function kept(said: AnyFact): AnyFact {
  return factOf(said.index, JSON.parse(leanOf(said)) as Lean);
}

describe('a fact in the rows of standing', () => {
  it('keeps of a claim topics, attributes and the day handed in, of each line its own; and no text', () => {
    const rich = { topics: ['ethics'], attributes: { role: 'speaker', workRef: 'work' } };
    const plain = { topics: [], attributes: {} };
    const lines = [line({ ...rich, sealed: 'text', session: 'session' }), line(plain)];
    expect(kept(fact('Claimed', { claimId: 'claim', lines, kid: 'kid' }))).to.deep.equal({
      id: 'id',
      index: 7,
      type: 'Claimed',
      data: { claimId: 'claim', lines: [line(rich), line(plain)] },
      metadata: { recordedAt: '', submittedOn: { on: '2026-02-28' } },
    });
  });

  it('keeps of a line that the member reflected on it, and nothing where they did not', () => {
    const lines = [
      line({ topics: [], attributes: {}, reflected: true }),
      line({ topics: [], attributes: {} }),
    ];
    expect(kept(fact('Claimed', { claimId: 'claim', lines })).data).to.deep.equal({
      claimId: 'claim',
      lines,
    });
  });

  it('keeps an amendment apart from a claim, and a day that was stated', () => {
    const said = fact(
      'ClaimAmended',
      { claimId: 'claim', lines: [] },
      { submittedOn: { on: '2026-01-31' } },
    );
    const { type, metadata } = kept(said);
    expect({ type, on: metadata.submittedOn?.on }).to.deep.equal({
      type: 'ClaimAmended',
      on: '2026-01-31',
    });
  });

  it('keeps of an approval what each line was awarded in each scheme, by which version', () => {
    const awards = [award('a', 1), award('b', 1), award('a', 2)];
    const lines = [
      { lineId: 'line', accepted: quantity, awards },
      { lineId: 'other', accepted: { amount: 2, unit: 'credit' }, awards: [award('b', 1)] },
      { lineId: 'none', accepted: quantity, awards: [] },
    ];
    const data = { claimId: 'claim', decision: { decidedOn: '2026-02-28' }, lines };
    const said = fact('ClaimApproved', { ...data, decidedBy: [] });
    expect(kept(said).data).to.deep.equal(data);
  });

  it('keeps any other fact by its names, and the day only of a cycle that was determined', () => {
    const data = { scheme: 'a', on: '2026-01-01', anchor: '2026-01-01' };
    expect(kept(fact('SchemeJoined', { ...data, reason: 'text' }))).to.deep.equal({
      id: 'id',
      index: 7,
      type: 'SchemeJoined',
      data,
      metadata: { recordedAt: '' },
    });
    const on = kept(fact('CycleDetermined', { scheme: 'a' })).metadata.submittedOn?.on;
    expect(on).to.equal('2026-02-28');
  });
});
