import { describe, it } from 'mocha';
import { attachEvidence } from '../../src/commands/claim.ts';
import { absorbDuplicate, mergeInto } from '../../src/commands/duplicate.ts';
import { eraseAnew } from '../../src/commands/erase-anew.ts';
import { eraseKeys, liftHold, placeHold } from '../../src/commands/erasure.ts';
import { changeDetails } from '../../src/commands/membership.ts';
import { newIdOf } from '../../src/events/ids.ts';
import type { Actor } from '../../src/events/shapes.ts';
import { admin, CLAIM, claimed, registered, society } from '../support/past.ts';
import {
  COMMAND,
  FRESH,
  fact,
  given,
  idOf,
  kidOf,
  MEMBER,
  type Told,
} from '../support/specification.ts';

const [EVIDENCE, RELIEF, HOLD, OTHER] = ['evidence', 'relief', 'hold', 'duplicate'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const identity = kidOf(`identity of ${MEMBER}`);
const attached = fact('EvidenceAttached', {
  claimId: CLAIM,
  evidenceId: EVIDENCE,
  kid: kidOf('evidence'),
});
const relieved = fact('ReliefGranted', {
  reliefId: RELIEF,
  kid: kidOf('relief'),
  class: 'class-a',
  from: '2026-01-01',
});
const past = [...society, claimed(), attached, relieved];
const erased = (scope: 'text' | 'claim' | 'person', ...kids: string[]) => ({
  type: 'Erased' as const,
  data: { scope, kids, part: 1, parts: 1 },
});
const was = (scope: 'text' | 'claim' | 'person', ...kids: string[]) =>
  fact('Erased', erased(scope, ...kids).data);
const held = (claim?: string, of = MEMBER) =>
  fact(
    'HoldPlaced',
    { holdId: HOLD, reasons: [], ...(claim === undefined ? {} : { claim }) },
    { of },
  );
const asked = { by: admin };

describe('erasing', () => {
  it('of one text names its key alone: of an evidence, or of the reason for a relief', async () => {
    await given(...past)
      .when(eraseKeys, { scope: 'text', of: EVIDENCE }, asked)
      .then(erased('text', kidOf('evidence')));
    await given(...past)
      .when(eraseKeys, { scope: 'text', of: RELIEF }, asked)
      .then(erased('text', kidOf('relief')));
    await given(...past)
      .when(eraseKeys, { scope: 'text', of: idOf('nothing') }, asked)
      .thenRefused('fact-unknown');
  });

  it('of one claim names its key and those of its evidence, retracted or not', async () => {
    const gone = fact('FactRetracted', {
      eventId: attached.fact.id,
      reasons: ['administrative-error'],
      correction: idOf('correction'),
    });
    for (const since of [[], [gone]]) {
      await given(...past, ...since)
        .when(eraseKeys, { scope: 'claim', claim: CLAIM }, asked)
        .then(erased('claim', kidOf('claim'), kidOf('evidence')));
    }
    await given(...past, gone)
      .when(eraseKeys, { scope: 'text', of: EVIDENCE }, asked)
      .then(erased('text', kidOf('evidence')));
    await given(...past)
      .when(eraseKeys, { scope: 'claim', claim: idOf('nothing') }, asked)
      .thenRefused('claim-unknown');
  });

  it('of a person names every key that is left', async () => {
    const all = [identity, kidOf('claim'), kidOf('evidence'), kidOf('relief')];
    await given(...past)
      .when(eraseKeys, { scope: 'person' }, asked)
      .then(erased('person', ...all));
    await given(...past, was('claim', kidOf('claim'), kidOf('evidence')))
      .when(eraseKeys, { scope: 'person' }, asked)
      .then(erased('person', identity, kidOf('relief')));
  });

  it('is done once, and of somebody who is registered', async () => {
    await given(...past, was('text', kidOf('relief')))
      .when(eraseKeys, { scope: 'text', of: RELIEF }, asked)
      .thenRefused('erased');
    await given(...past, was('person', identity))
      .when(eraseKeys, { scope: 'person' }, asked)
      .thenRefused('erased');
    await given().when(eraseKeys, { scope: 'person' }, asked).thenRefused('member-unknown');
  });

  it('of a person is followed by no decision on them', () =>
    given(...past, was('person', identity))
      .when(changeDetails, { name: 'Anybody' })
      .thenRefused('erased'));

  it('is stated anew where the vault alone knows of it', async () => {
    const kids = [identity, kidOf('claim')];
    await given(...past)
      .when(eraseAnew, { kids }, asked)
      .then(erased('person', ...kids));
    await given(...past, was('claim', kidOf('claim')))
      .when(eraseAnew, { kids }, asked)
      .then(erased('person', identity));
    await given(...past)
      .when(eraseAnew, { kids: [kidOf('claim')] }, asked)
      .then(erased('claim', kidOf('claim')));
    await given(...past, was('person', ...kids))
      .when(eraseAnew, { kids }, asked)
      .thenRefused('erased');
  });
});

describe('a hold', () => {
  it('on a member keeps all of theirs, on a claim that claim and the person', async () => {
    const everything = [
      { scope: 'person' as const },
      { scope: 'claim' as const, claim: CLAIM },
      { scope: 'text' as const, of: EVIDENCE },
    ];
    for (const body of everything) {
      await given(...past, held())
        .when(eraseKeys, body, asked)
        .thenRefused('held');
      await given(...past, held(CLAIM))
        .when(eraseKeys, body, asked)
        .thenRefused('held');
    }
    await given(...past, held())
      .when(eraseKeys, { scope: 'text', of: RELIEF }, asked)
      .thenRefused('held');
    await given(...past, held(CLAIM))
      .when(eraseKeys, { scope: 'text', of: RELIEF }, asked)
      .then(erased('text', kidOf('relief')));
  });

  it('keeps nothing once it is lifted', () =>
    given(...past, held(), fact('HoldLifted', { holdId: HOLD }))
      .when(eraseKeys, { scope: 'text', of: RELIEF }, asked)
      .then(erased('text', kidOf('relief'))));

  it('is placed with its reason under the key of what it is about', async () => {
    const holdId = newIdOf(COMMAND, 'hold');
    const reason = 'An appeal runs.';
    await given(...past)
      .when(placeHold, { claim: CLAIM, reason }, asked)
      .then({
        type: 'HoldPlaced',
        data: { holdId, claim: CLAIM, reasons: [] },
        texts: [{ kid: kidOf('claim'), fields: { reason } }],
      });
    await given(...past)
      .when(placeHold, { reason }, asked)
      .then({
        type: 'HoldPlaced',
        data: { holdId, reasons: [] },
        texts: [{ kid: identity, fields: { reason } }],
      });
    await given(...past)
      .when(placeHold, { claim: idOf('no') }, asked)
      .thenRefused('claim-unknown');
    await given().when(placeHold, {}, asked).thenRefused('member-unknown');
  });

  it('is lifted once', async () => {
    const lifting = { ...asked, path: { hold: HOLD } };
    const lifted = { holdId: HOLD };
    await given(...past, held())
      .when(liftHold, {}, lifting)
      .then({ type: 'HoldLifted', data: lifted });
    await given(...past, held(), fact('HoldLifted', lifted))
      .when(liftHold, {}, lifting)
      .thenRefused('hold-unknown');
  });
});

describe('two ids of one human', () => {
  const both = [...past, registered(OTHER)];
  const absorbed = fact('Absorbed', { duplicate: OTHER });
  const merged = fact('MergedInto', { survivor: MEMBER }, { of: OTHER });
  const body = { duplicate: OTHER };

  it('become one: the survivor absorbs, the duplicate goes on as the survivor', async () => {
    const into = { ...asked, of: OTHER };
    await given(...both)
      .when(mergeInto, { survivor: MEMBER }, into)
      .then({ type: 'MergedInto', data: { survivor: MEMBER } });
    await given(...both, merged)
      .when(absorbDuplicate, body, asked)
      .then({ type: 'Absorbed', data: body });
    await given(...both)
      .when(absorbDuplicate, body, asked)
      .thenRefused('member-unknown');
    await given(...both, merged, absorbed)
      .when(absorbDuplicate, body, asked)
      .thenRefused('already-absorbed');
  });

  it('are two, both there and themselves, and not said to be one by themselves', async () => {
    const merging = (survivor: string, past: Told[], by: string | Actor = admin) =>
      given(...past).when(mergeInto, { survivor }, { by, of: OTHER });
    await merging(OTHER, both).thenRefused('own-duplicate');
    await merging(MEMBER, past).thenRefused('member-unknown');
    await merging(MEMBER, both, OTHER).thenRefused('own-duplicate');
    await merging(MEMBER, [...both, merged]).thenRefused('already-absorbed');
    const third = idOf('third');
    await merging(third, [...both, registered(third), merged]).thenRefused('already-absorbed');
    const into = fact('MergedInto', { survivor: third });
    await merging(MEMBER, [...both, into]).thenRefused('merged');
    const gone = (of: string) => fact('Erased', erased('person', identity).data, { of });
    await merging(MEMBER, [...both, gone(OTHER)]).thenRefused('erased');
    await merging(MEMBER, [...both, gone(MEMBER)]).thenRefused('erased');
  });

  it('are one from then on: nothing new begins under the duplicate, what had begun goes on', async () => {
    await given(...both, absorbed, merged)
      .when(changeDetails, { name: 'Anybody' }, { of: OTHER })
      .thenRefused('merged');
    await given(...past, fact('MergedInto', { survivor: OTHER }))
      .when(attachEvidence, { link: 'https://example.org/' }, { path: { claim: CLAIM } })
      .then({
        type: 'EvidenceAttached',
        data: { claimId: CLAIM, evidenceId: newIdOf(COMMAND, 'evidence'), kid: FRESH },
        texts: [{ kid: FRESH, fields: { link: 'https://example.org/' } }],
      });
  });

  it('are erased together: a hold on one keeps the other', async () => {
    await given(...both, absorbed, merged, held(undefined, OTHER))
      .when(eraseKeys, { scope: 'person' }, asked)
      .thenRefused('held');
    await given(...both, absorbed, merged)
      .when(eraseKeys, { scope: 'person' }, { ...asked, of: OTHER })
      .then(erased('person', kidOf(`identity of ${OTHER}`)));
  });
});
