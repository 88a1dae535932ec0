import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { factRow } from '../../src/export/fact-row.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import type { Position, StoredEvent } from '../../src/store/event-store.ts';

const id = '7b0f6f52-0f0e-4c7a-9d2f-3f4a5b6c7d8e';
const actor = { id: '00000000-0000-8000-8000-000000000001', role: 'import', onBehalfOf: id };

function stored(data: unknown, more: Partial<StoredEvent> = {}): StoredEvent {
  const metadata = {
    schemaVersion: 2,
    commandId: id,
    commandDigest: { kid: 'k'.repeat(22), mac: 'm'.repeat(43) },
    correlationId: id,
    actor,
    recordedAt: '2026-01-31T09:30:00.000Z',
    submittedOn: { on: '2026-01-20', source: 'paper' },
  };
  return {
    id,
    stream: `member-${id}`,
    revision: 3n,
    index: 7,
    position: '7' as Position,
    type: 'Claimed',
    data: canonical(data),
    metadata: canonical(metadata),
    ...more,
  };
}

const text64 = (length: number) =>
  fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)).filter((text) => text !== '');
const box = fc.record({
  v: fc.constant(1),
  alg: fc.constant('A256GCM'),
  kid: text64(22),
  iv: text64(16),
  ct: fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
  c: fc.dictionary(fc.string({ maxLength: 30 }), text64(43), { maxKeys: 3 }),
});

describe('a fact as a row', () => {
  it('has its envelope as columns, and its stream taken apart', () => {
    expect(factRow(stored({ note: 'x' }))).to.deep.equal({
      index: 7,
      id,
      stream: `member-${id}`,
      category: 'member',
      subject: id,
      revision: 3,
      type: 'Claimed',
      schemaVersion: 2,
      recordedAt: '2026-01-31T09:30:00.000Z',
      submittedOn: '2026-01-20',
      actorId: actor.id,
      actorRole: 'import',
      onBehalfOf: id,
      commandId: id,
      correlationId: id,
      causationId: undefined,
      sealed: false,
      data: '{"note":"x"}',
    });
  });

  it('has no subject where there is but one stream of its kind', () => {
    for (const stream of ['ledger', 'checkpoint-log']) {
      const { category, subject } = factRow(stored({}, { stream }));
      expect([category, subject]).to.deep.equal([stream, undefined]);
    }
  });

  it('loses its boxes and nothing else, whatever stands beside them', () => {
    const clear = fc.dictionary(
      fc.string({ maxLength: 12 }).filter((key) => key !== 'sealed' && key !== '__proto__'),
      fc.oneof(fc.string(), fc.constant('"sealed":[{"alg":"A256GCM"'), fc.integer()),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(clear, fc.array(box, { minLength: 1, maxLength: 3 }), (data, sealed) => {
        const row = factRow(stored({ ...data, sealed }));
        expect(row.sealed).to.equal(true);
        expect(row.data).to.equal(canonical(data));
        expect(factRow(stored(data))).to.include({ sealed: false, data: canonical(data) });
      }),
    );
  });

  it('loses a box of a form that is not known yet, too', () => {
    const row = factRow(stored({ a: 1, sealed: [{ v: 2, alg: 'other', ct: 'secret' }] }));
    expect([row.sealed, row.data]).to.deep.equal([true, '{"a":1}']);
  });
});
