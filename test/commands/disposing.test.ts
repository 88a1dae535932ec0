import { describe, it } from 'mocha';
import { disposeEvidence } from '../../src/commands/dispose-evidence.ts';
import { eraseKeys } from '../../src/commands/erasure.ts';
import {
  APPROVAL,
  admin,
  appointed,
  approved,
  CLAIM,
  claimed,
  decision,
  lodged,
  ONE,
  REVIEW,
  registered,
  rejected,
  SECOND,
  society,
  TWO,
  underReview,
  upheld,
} from '../support/past.ts';
import { fact, given, idOf, kidOf, MEMBER } from '../support/specification.ts';

const [EVIDENCE, HOLD, OTHER] = ['evidence', 'hold', 'survivor'].map(idOf) as [
  string,
  string,
  string,
];
const kid = kidOf('evidence');
const attached = fact('EvidenceAttached', { claimId: CLAIM, evidenceId: EVIDENCE, kid });
const past = [...society, appointed(SECOND), claimed(), attached];
const decided = [...past, approved([ONE, TWO])];
const erased = {
  type: 'Erased' as const,
  data: { scope: 'text' as const, kids: [kid], part: 1, parts: 1 },
};
const held = (claim?: string, of = MEMBER) =>
  fact('HoldPlaced', { holdId: HOLD, reasons: [], ...(claim && { claim }) }, { of });
const asked = { by: admin };
const body = { evidence: EVIDENCE };

describe('disposing of evidence', () => {
  it('erases its key alone, also where the fact that attached it was retracted', async () => {
    await given(...decided)
      .when(disposeEvidence, body, asked)
      .then(erased);
    const gone = fact('FactRetracted', {
      eventId: attached.fact.id,
      reasons: ['administrative-error'],
      correction: idOf('correction'),
    });
    await given(...decided, gone)
      .when(disposeEvidence, body, asked)
      .then(erased);
  });

  it('is done once, and of evidence that there is', async () => {
    await given(...decided, fact('Erased', erased.data))
      .when(disposeEvidence, body, asked)
      .thenRefused('erased');
    await given(...decided)
      .when(disposeEvidence, { evidence: idOf('nothing') }, asked)
      .thenRefused('fact-unknown');
  });

  it('waits while a hold is on the member or the claim, and not for one on another claim', async () => {
    for (const hold of [held(), held(CLAIM)]) {
      await given(...decided, hold)
        .when(disposeEvidence, body, asked)
        .thenRefused('held');
      await given(...decided, hold, fact('HoldLifted', { holdId: HOLD }))
        .when(disposeEvidence, body, asked)
        .then(erased);
    }
    await given(...decided, held(idOf('another claim')))
      .when(disposeEvidence, body, asked)
      .then(erased);
  });

  it('waits while the person is held under the id by which they go on', async () => {
    const merged = [
      registered(OTHER),
      fact('Absorbed', { duplicate: MEMBER }, { of: OTHER }),
      fact('MergedInto', { survivor: OTHER }),
    ];
    await given(...decided, ...merged)
      .when(disposeEvidence, body, asked)
      .then(erased);
    await given(...decided, ...merged, held(undefined, OTHER))
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
    await given(...decided, ...merged, held(idOf('another claim'), OTHER))
      .when(disposeEvidence, body, asked)
      .then(erased);
  });

  it('waits while a line is to be decided, a review or an appeal is open', async () => {
    await given(...past)
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
    await given(...past, approved([ONE]))
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
    await given(...decided, underReview())
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
    const kept = { claimId: CLAIM, approval: APPROVAL, review: REVIEW, decision: decision(SECOND) };
    await given(...decided, underReview(), fact('ReviewUpheld', kept, { by: SECOND }))
      .when(disposeEvidence, body, asked)
      .then(erased);
    const refused = [...past, approved([ONE]), rejected([TWO])];
    await given(...refused)
      .when(disposeEvidence, body, asked)
      .then(erased);
    await given(...refused, lodged())
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
    await given(...refused, lodged(), upheld())
      .when(disposeEvidence, body, asked)
      .thenRefused('held');
  });
});

describe('erasing what stands under an id that was absorbed', () => {
  it('waits while all of the person is held under the id by which they go on', async () => {
    const merged = [
      registered(OTHER),
      fact('Absorbed', { duplicate: MEMBER }, { of: OTHER }),
      fact('MergedInto', { survivor: OTHER }),
    ];
    const text = { scope: 'text', of: EVIDENCE };
    await given(...decided, ...merged)
      .when(eraseKeys, text, asked)
      .then(erased);
    for (const scope of [text, { scope: 'claim', claim: CLAIM }, { scope: 'person' }]) {
      await given(...decided, ...merged, held(undefined, OTHER))
        .when(eraseKeys, scope, asked)
        .thenRefused('held');
    }
  });
});
