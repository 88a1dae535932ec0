import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { v5 } from 'uuid';
import { commandIdOf, eventIdOf, newIdOf } from '../../src/events/ids.ts';

describe('Ids made from others', () => {
  it('are UUIDv5 as another implementation makes them, of any text', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (namespace, name) => {
        expect(newIdOf(namespace, name)).to.equal(v5(name, namespace));
      }),
    );
  });

  it('tell actor, stream and key of a command, and stream and ordinal of a fact', () => {
    const ledger = '0b9e4a52-8a3d-4c1f-9a77-3a1f1f6f0c11';
    const actor = '5f1d7e84-02c1-4b60-8a5e-4d3c2b1a0f9e';
    const stream = `member-${actor}`;
    const command = commandIdOf(ledger, actor, stream, 'key');
    expect(command).to.equal(v5(`${actor}/${stream}/key`, ledger));
    expect(eventIdOf(command, stream, 1)).to.equal(v5(`${stream}/1`, command));
    expect(eventIdOf(command, stream, 1)).not.to.equal(eventIdOf(command, stream, 0));
  });

  it('are not made from what is no UUID', () => {
    expect(() => newIdOf('5f1d7e84', 'claim')).to.throw(TypeError, 'is no UUID');
    expect(() => newIdOf('zz1d7e84-02c1-4b60-8a5e-4d3c2b1a0f9e', 'claim')).to.throw(TypeError);
  });
});
