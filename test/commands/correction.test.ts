import { createHash } from 'node:crypto';
import { describe, it } from 'mocha';
import {
  adjustPoints,
  approveCorrection,
  completeCorrection,
  proposeCorrection,
  retractFact,
} from '../../src/commands/correction.ts';
import {
  ADMIN,
  admin,
  claimed,
  published,
  registered,
  SCHEME,
  SECOND,
  society,
} from '../support/past.ts';
import {
  type DataOf,
  fact,
  given,
  idOf,
  kidOf,
  MEMBER,
  type Told,
} from '../support/specification.ts';

const CORRECTION = idOf('correction');
const lapsed = fact('Lapsed', { effectiveOn: '2026-01-01' });
const wrong = lapsed.fact.id;
const item = { person: MEMBER, eventId: wrong };
const reasons = ['administrative-error'];
const digest = createHash('sha256')
  .update(JSON.stringify([wrong]))
  .digest('hex');
const retract = { kind: 'retract' as const };
const adjust = {
  kind: 'adjust' as const,
  scheme: SCHEME,
  cycle: '2026',
  category: 'training',
  points: -50,
};
const proposal = (change: DataOf<'CorrectionProposed'>['change']) => ({
  predicate: { by: 'fact' as const },
  asOf: 10,
  count: 1,
  digest,
  parts: 1,
  change,
  reasons,
  proposedBy: ADMIN,
});
const listed = { part: 1, items: [item] };
const of = { of: CORRECTION };
const proposed = (change: DataOf<'CorrectionProposed'>['change'] = retract, by = ADMIN) => [
  fact('CorrectionProposed', { ...proposal(change), proposedBy: by }, of),
  fact('CorrectionItemsListed', listed, of),
];
const approval = { digest, decidedOn: '2026-03-10', reasons: [], decidedBy: [SECOND] };
const approved = fact('CorrectionApproved', approval, of);
const completed = fact('CorrectionCompleted', { applied: 1, skipped: [] }, of);
const past = [...society, claimed(), lapsed];
const second = { by: SECOND, of: CORRECTION };

describe('a correction is proposed', () => {
  const body = { item, change: retract, reasons, asOf: 10 };
  const asked = { by: admin, of: CORRECTION };

  it('of one fact of a member, with what it would do', () =>
    given(...past)
      .when(proposeCorrection, body, asked)
      .then(
        { type: 'CorrectionProposed', data: proposal(retract) },
        { type: 'CorrectionItemsListed', data: listed },
      ));

  it('once', () =>
    given(...past, ...proposed())
      .when(proposeCorrection, body, asked)
      .thenRefused('correction-exists'));

  it('of a fact that is there, of this member, and not retracted', async () => {
    await given(...past)
      .when(proposeCorrection, { ...body, item: { ...item, eventId: idOf('no') } }, asked)
      .thenRefused('fact-unknown');
    await given(...past, registered(SECOND))
      .when(proposeCorrection, { ...body, item: { ...item, person: SECOND } }, asked)
      .thenRefused('fact-unknown');
    const gone = fact('FactRetracted', { eventId: wrong, reasons, correction: idOf('earlier') });
    await given(...past, gone)
      .when(proposeCorrection, body, asked)
      .thenRefused('fact-unknown');
  });

  it('to retract only what has no reverser of its own; to adjust, of any fact', async () => {
    const claim = past.find((told) => told.fact.type === 'Claimed')?.fact.id ?? '';
    const ofClaim = { ...body, item: { person: MEMBER, eventId: claim } };
    await given(...past)
      .when(proposeCorrection, ofClaim, asked)
      .thenRefused('not-retractable');
    const ids = createHash('sha256')
      .update(JSON.stringify([claim]))
      .digest('hex');
    await given(...past)
      .when(proposeCorrection, { ...ofClaim, change: adjust }, asked)
      .then(
        { type: 'CorrectionProposed', data: { ...proposal(adjust), digest: ids } },
        {
          type: 'CorrectionItemsListed',
          data: { part: 1, items: [{ person: MEMBER, eventId: claim }] },
        },
      );
  });
});

describe('an adjustment is proposed', () => {
  const proposing = (cycle: string, ...rules: Told[]) =>
    given(registered(), lapsed, ...rules).when(
      proposeCorrection,
      { item, reasons, asOf: 10, change: { ...adjust, cycle } },
      { by: admin, ...of },
    );
  const facts = (cycle: string) =>
    [
      { type: 'CorrectionProposed', data: proposal({ ...adjust, cycle }) },
      { type: 'CorrectionItemsListed', data: listed },
    ] as const;

  it('in a cycle that there may be: a year, or where the rules do not forbid it its first day', async () => {
    await proposing('2025').then(...facts('2025'));
    await proposing('2025-04-01').then(...facts('2025-04-01'));
    for (const cycle of ['2025-04-31', '2025-04', 'spring']) {
      await proposing(cycle).thenRefused('cycle-wrong');
    }
  });

  it('in a year, where every rulebook of the scheme has calendar years', async () => {
    await proposing('2025', published()).then(...facts('2025'));
    await proposing('2025-04-01', published()).thenRefused('cycle-wrong');
  });
});

describe('a correction is approved', () => {
  it('by another person, who repeats what exactly', async () => {
    await given(...past, ...proposed())
      .when(approveCorrection, { digest }, second)
      .then({ type: 'CorrectionApproved', data: approval });
    await given(...past, ...proposed())
      .when(approveCorrection, { digest: 'f'.repeat(64) }, second)
      .thenRefused('digest-wrong');
  });

  it('not by who proposed it, under any id of theirs', async () => {
    await given(...past, ...proposed())
      .when(approveCorrection, { digest }, { ...second, by: admin })
      .thenRefused('own-correction');
    await given(...past, ...proposed(retract, idOf('older')))
      .when(approveCorrection, { digest }, { ...second, also: [idOf('older')] })
      .thenRefused('own-correction');
  });

  it('not by whom it concerns, under any id of theirs', async () => {
    await given(...past, ...proposed())
      .when(approveCorrection, { digest }, { ...second, by: MEMBER })
      .thenRefused('own-correction');
    await given(...past, ...proposed())
      .when(approveCorrection, { digest }, { ...second, also: [MEMBER] })
      .thenRefused('own-correction');
  });

  it('once, and only where it was proposed', async () => {
    await given(...past, ...proposed(), approved)
      .when(approveCorrection, { digest }, second)
      .thenRefused('correction-approved');
    await given().when(approveCorrection, { digest }, second).thenRefused('correction-unknown');
  });

  it('and completed once, after that', async () => {
    const body = { applied: 1, skipped: [] };
    await given(...past, ...proposed(), approved)
      .when(completeCorrection, body, second)
      .then({ type: 'CorrectionCompleted', data: body });
    await given(...past, ...proposed())
      .when(completeCorrection, body, second)
      .thenRefused('not-approved');
    await given(...past, ...proposed(), approved, completed)
      .when(completeCorrection, body, second)
      .thenRefused('correction-completed');
  });
});

describe('a correction is carried out', () => {
  const body = { correction: CORRECTION, eventId: wrong };
  const retracted = { ...body, reasons };

  it('by a retraction, after an erasure too: it holds no text', async () => {
    const erased = { scope: 'person' as const, kids: [kidOf('any')], part: 1, parts: 1 };
    for (const since of [[], [fact('Erased', erased)]]) {
      await given(...past, ...proposed(), approved, ...since)
        .when(retractFact, body, { by: SECOND })
        .then({ type: 'FactRetracted', data: retracted });
    }
  });

  it('by an adjustment, which says what it makes good', () => {
    const { kind: _, ...points } = adjust;
    const data = { ...points, correction: CORRECTION, corrects: wrong };
    return given(...past, ...proposed(adjust), approved)
      .when(adjustPoints, body, { by: SECOND })
      .then({ type: 'PointsAdjusted', data });
  });

  it('only as it was approved', async () => {
    const asked = { by: SECOND };
    await given(...past)
      .when(retractFact, body, asked)
      .thenRefused('correction-unknown');
    await given(...past, ...proposed())
      .when(retractFact, body, asked)
      .thenRefused('not-approved');
    const all = [...past, ...proposed(), approved];
    await given(...all)
      .when(adjustPoints, body, asked)
      .thenRefused('not-approved');
    const claim = past.find((told) => told.fact.type === 'Claimed')?.fact.id ?? '';
    await given(...all)
      .when(retractFact, { ...body, eventId: claim }, asked)
      .thenRefused('not-approved');
    await given(...past, ...proposed(adjust), approved)
      .when(retractFact, body, asked)
      .thenRefused('not-approved');
  });

  it('once', async () => {
    const asked = { by: SECOND };
    const all = [...past, ...proposed(), approved];
    await given(...all, fact('FactRetracted', retracted))
      .when(retractFact, body, asked)
      .thenRefused('correction-applied');
    await given(...all, completed)
      .when(retractFact, body, asked)
      .thenRefused('correction-completed');
  });
});
