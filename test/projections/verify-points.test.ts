import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decode } from '../../src/events/codec.ts';
import { type AnyFact, registry } from '../../src/events/registry.ts';
import { withoutRetracted } from '../../src/events/retraction.ts';
import { openAccounts } from '../../src/projections/verify/accounts.ts';
import { openReport } from '../../src/projections/verify/finding.ts';
import { awardedBy, awardedSums } from '../../src/scheme/awarded.ts';
import { isAwardFact } from '../../src/scheme/facts.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { chronicle, idOf, saidOf, withData } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people, scheme } from '../support/history-told.ts';
import { expectFirst, findingsIn } from '../support/verified.ts';

type Data<T extends AnyFact['type']> = Extract<AnyFact, { type: T }>['data'];

/** What the rules say that the facts of one stream award. */
function awardedIn(events: readonly StoredEvent[], stream: string) {
  const facts = events
    .filter((event) => event.stream === stream)
    .map((event) => decode(event, registry, false) as AnyFact);
  return awardedSums(awardedBy(withoutRetracted(facts).filter(isAwardFact)));
}

/** These facts, and one of them said once more by another command. */
function saidAgain(events: readonly StoredEvent[], { stream, type, data }: StoredEvent) {
  const said = chronicle(events);
  said.say(stream, [{ type, data: JSON.parse(data) } as never]);
  return said.events;
}

describe('verify: the trial balance closes (design, invariant 2)', () => {
  it('over every history: approvals that stand, adjustments, and what was brought in', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        expect(await findingsIn(events)).to.deep.equal([]);
        const streams = new Set(events.map(({ stream }) => stream));
        const members = [...streams].flatMap((stream) => awardedIn(events, stream));
        const total = members.reduce((sum, { points }) => sum + points, 0);
        expect(total).to.equal(standingPoints(events));
      }),
      { numRuns: 60 },
    );
  });

  it('reports a category in which the members come to another sum than the facts', () => {
    const report = openReport();
    const accounts = openAccounts(report);
    accounts.post({ account: accounts.of(scheme, '2026', 'training'), points: 300 }, 1);
    accounts.member([{ scheme, cycle: '2026', category: 'training', points: 250 }]);
    accounts.close();
    expect(report.findings().map(({ says }) => says)).to.deep.equal([
      `the trial balance of scheme ${scheme}, cycle 2026, category training does not close: ` +
        '250 over all members, 300 over all facts (hundredths of a point)',
    ]);
  });

  it('names an approval of a line that stands already, and the balance that it breaks', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const approval = lastWord(events);
        fc.pre(approval !== undefined);
        const twice = saidAgain(events, approval);
        const says = (await findingsIn(twice)).map((finding) => finding.says).join('\n');
        expect(says).to.include('is approved and cannot be approved');
        expect(says).to.include('the trial balance');
      }),
      { numRuns: 20 },
    );
  });
});

/** An oracle without state: what approvals say, less what is void, plus entries, less what is retracted. */
function standingPoints(events: readonly StoredEvent[]): number {
  const parse = <T extends AnyFact['type']>(type: T) =>
    saidOf(events, type).map(({ id, index, data }) => ({
      id,
      index,
      ...(JSON.parse(data) as Data<T>),
    }));
  const voided = new Set<string>();
  for (const { approval, lines, effect } of parse('ApprovalRevoked')) {
    if (effect.kind === 'void') for (const line of lines) voided.add(`${approval}/${line}`);
  }
  const overturned = new Set(parse('ReviewOverturned').map(({ approval }) => approval));
  const retracted = new Set(parse('FactRetracted').map(({ eventId }) => eventId));
  const approved = parse('ClaimApproved').flatMap(({ id, lines }) =>
    lines
      .filter(({ lineId }) => !overturned.has(id) && !voided.has(`${id}/${lineId}`))
      .flatMap(({ awards }) => awards),
  );
  const entries = [...parse('PointsBroughtIn'), ...parse('PointsAdjusted')].filter(
    ({ id }) => !retracted.has(id),
  );
  return [...approved, ...entries].reduce((sum, { points }) => sum + points, 0);
}

/** An approval by a person after which nothing was said of its claim. */
function lastWord(events: readonly StoredEvent[]): StoredEvent | undefined {
  return saidOf(events, 'ClaimApproved').findLast(({ data, index }) => {
    const { claimId, decision } = JSON.parse(data) as Data<'ClaimApproved'>;
    const later = events.slice(index + 1);
    return decision.capacity !== 'rule' && !later.some((event) => event.data.includes(claimId));
  });
}

describe('verify: what is void contributes nothing (design, invariant 3)', () => {
  it('revoking and approving again gives what approving once gives', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const approval = lastWord(events);
        fc.pre(approval !== undefined);
        const once = awardedIn(events, approval.stream);
        const gone = revoked(events, approval, { kind: 'void' });
        expect(awardedIn(gone, approval.stream)).not.to.deep.equal(once);
        const again = saidAgain(gone, approval);
        expect(awardedIn(again, approval.stream)).to.deep.equal(once);
        expect(await findingsIn(again)).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });

  it('what ends from a day on keeps its points', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const approval = lastWord(events);
        fc.pre(approval !== undefined);
        const ended = revoked(events, approval, { kind: 'ended', from: '2026-01-01' });
        const after = awardedIn(ended, approval.stream);
        expect(after).to.deep.equal(awardedIn(events, approval.stream));
      }),
      { numRuns: 30 },
    );
  });

  /** Which fact is spoilt how, and what is said of it. */
  const breaks: readonly {
    what: string;
    type: AnyFact['type'];
    change(data: never): object;
    says: string;
  }[] = [
    {
      what: 'a revocation of an approval that is none',
      type: 'ApprovalRevoked',
      change: (data: Data<'ApprovalRevoked'>) => ({ ...data, approval: idOf('nothing') }),
      says: 'does not stand under approval',
    },
    {
      what: 'an approval of a line that nobody claimed',
      type: 'ClaimApproved',
      change: (data: Data<'ClaimApproved'>) => ({
        ...data,
        lines: data.lines.map((line) => ({ ...line, lineId: idOf('nothing') })),
      }),
      says: 'there is no line',
    },
    {
      what: 'a decision on a claim that nobody made',
      type: 'ClaimRejected',
      change: (data: Data<'ClaimRejected'>) => ({ ...data, claimId: idOf('nothing') }),
      says: 'was never made',
    },
    {
      what: 'an adjustment of more points than were approved',
      type: 'PointsAdjusted',
      change: (data: Data<'PointsAdjusted'>) => ({ ...data, points: 5_000 }),
      says: 'does other than correction',
    },
    {
      what: 'an adjustment under a correction that nobody approved',
      type: 'PointsAdjusted',
      change: (data: Data<'PointsAdjusted'>) => ({ ...data, correction: idOf('nothing') }),
      says: 'which nobody approved',
    },
    {
      what: 'a retraction of another fact than the correction selects',
      type: 'FactRetracted',
      change: (data: Data<'FactRetracted'>) => ({ ...data, eventId: idOf('nothing') }),
      says: 'does not select fact',
    },
    {
      what: 'a correction approved by who proposed it',
      type: 'CorrectionApproved',
      change: (data: Data<'CorrectionApproved'>) => ({ ...data, decidedBy: [people.admin] }),
      says: 'approved their own proposal',
    },
    {
      what: 'an approval that repeats another digest than was proposed',
      type: 'CorrectionApproved',
      change: (data: Data<'CorrectionApproved'>) => ({ ...data, digest: '0'.repeat(64) }),
      says: 'repeats the digest 0000',
    },
    {
      what: 'an erasure of a key that its stream never used',
      type: 'Erased',
      change: (data: Data<'Erased'>) => ({ ...data, kids: ['AAAAAAAAAAAAAAAAAAAAAA'] }),
      says: 'which no fact of its stream uses',
    },
  ];

  for (const { what, type, change, says } of breaks) {
    it(`names ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (events) => {
          const [event] = saidOf(events, type);
          fc.pre(event !== undefined);
          const broken = events.with(event.index, withData(event, change));
          await expectFirst(broken, event, says);
        }),
        { numRuns: 10 },
      );
    });
  }

  it('names what is written under a key after it was erased', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const [erased] = saidOf(events, 'Erased');
        fc.pre(erased !== undefined);
        const [kid] = (JSON.parse(erased.data) as Data<'Erased'>).kids;
        const claim = saidOf(events, 'Claimed').find(({ data }) => data.includes(kid ?? ''));
        fc.pre(claim !== undefined);
        const evidence = { claimId: JSON.parse(claim.data).claimId, evidenceId: idOf('file'), kid };
        const said = chronicle(events);
        const fact = { type: 'EvidenceAttached', data: evidence } as never;
        const [late] = said.say(erased.stream, [fact]);
        await expectFirst(said.events, late, `is written under key ${kid}, erased before`);
      }),
      { numRuns: 10 },
    );
  });
});

function revoked(
  events: readonly StoredEvent[],
  approval: StoredEvent,
  effect: Data<'ApprovalRevoked'>['effect'],
): StoredEvent[] {
  const { claimId, lines, decision } = JSON.parse(approval.data) as Data<'ClaimApproved'>;
  const lineIds = lines.map(({ lineId }) => lineId);
  const data = { claimId, approval: approval.id, lines: lineIds, effect, decision };
  const said = chronicle(events);
  said.say(approval.stream, [{ type: 'ApprovalRevoked', data }]);
  return said.events;
}
