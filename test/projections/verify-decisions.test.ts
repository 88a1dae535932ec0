import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { AnyFact } from '../../src/events/registry.ts';
import type { Decision } from '../../src/events/shapes.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { idOf, saidOf, withData } from '../support/chronicle.ts';
import { histories } from '../support/histories.ts';
import { people } from '../support/history-told.ts';
import { expectFirst } from '../support/verified.ts';

/** What a plant may look at: the fact, and what was said before it. */
interface Planting {
  decision: Decision;
  claimant: string;
  enteredBy: string;
  before: readonly StoredEvent[];
}

/** A break of the rules about who decides, planted in one decision of a history. */
interface Plant {
  what: string;
  /** Where it can be planted. */
  where(planting: Planting): boolean;
  decision(planting: Planting): Partial<Decision>;
  says: string;
}

const deciding: AnyFact['type'][] = [
  'ClaimApproved',
  'ClaimRejected',
  'ApprovalRevoked',
  'ReviewOpened',
  'ReviewUpheld',
  'ReviewOverturned',
  'AppealUpheld',
  'AppealDismissed',
];

const [ada = ''] = people.members;
const by = (capacity: Decision['capacity']) => (planting: Planting) =>
  planting.decision.capacity === capacity;
const absorbed = ({ before, claimant }: Planting): boolean =>
  [ada, people.double].includes(claimant) && saidOf(before, 'Absorbed').length > 0;

const plants: readonly Plant[] = [
  {
    what: 'the claimant decides',
    where: () => true,
    decision: ({ claimant }) => ({ decidedBy: [claimant] }),
    says: 'decided on their own claim',
  },
  {
    what: 'who entered the claim for another decides',
    where: ({ claimant, enteredBy }) => enteredBy !== claimant,
    decision: ({ enteredBy }) => ({ decidedBy: [enteredBy] }),
    says: 'decided on a claim that they entered',
  },
  {
    what: 'another id of the claimant decides, once it is told that they are one',
    where: absorbed,
    decision: ({ claimant }) => ({ decidedBy: [claimant === ada ? people.double : ada] }),
    says: 'decided on their own claim',
  },
  {
    what: 'the claimant sits on the panel that decides',
    where: by('panel'),
    decision: ({ claimant }) => ({ decidedBy: [...people.panel.slice(0, 2), claimant] }),
    says: 'decided on their own claim',
  },
  {
    what: 'somebody without an appointment decides',
    where: by('assessor'),
    decision: () => ({ decidedBy: [people.second] }),
    says: `${people.second} is no assessor under appointment`,
  },
  {
    what: 'an assessor decides under an appointment that there is not',
    where: by('assessor'),
    decision: () => ({ under: idOf('nothing') }),
    says: 'no appointment',
  },
  {
    what: 'nobody decides in the name of an assessor',
    where: by('assessor'),
    decision: () => ({ decidedBy: [] }),
    says: 'nobody decided it',
  },
  {
    what: 'a decision is dated before the appointment',
    where: by('assessor'),
    decision: () => ({ decidedOn: '2025-12-31' }),
    says: 'was not in force on 2025-12-31: from 2026-01-01',
  },
  {
    what: 'a decision is dated after it was recorded',
    where: () => true,
    decision: () => ({ decidedOn: '2027-01-01' }),
    says: 'decided on 2027-01-01, after the day on which it was recorded',
  },
  {
    what: 'the assessor calls themselves a delegate',
    where: by('delegate'),
    decision: () => ({ decidedBy: [people.assessor] }),
    says: `${people.assessor} is no delegate under appointment`,
  },
  {
    what: 'fewer than the quorum of a panel decide',
    where: by('panel'),
    decision: () => ({ decidedBy: people.panel.slice(0, 1) }),
    says: 'its quorum is 2',
  },
  {
    what: 'one person is counted twice for a quorum',
    where: by('panel'),
    decision: () => ({ decidedBy: [people.panel[0] ?? '', people.panel[0] ?? ''] }),
    says: '1 of panel',
  },
  {
    what: 'a stranger sits on a panel',
    where: by('panel'),
    decision: () => ({ decidedBy: [...people.panel.slice(0, 2), people.second] }),
    says: `${people.second} does not sit on panel`,
  },
  {
    what: 'a person decides in the name of the rule',
    where: by('assessor'),
    decision: () => ({ capacity: 'rule', decidedBy: [] }),
    says: 'in the capacity rule the rule decides',
  },
];

/** Every decision of a history into which a break can be planted. */
function placesFor({ where }: Plant, events: readonly StoredEvent[]) {
  return saidOf(events, ...deciding).flatMap((event) => {
    const { claimId, decision } = JSON.parse(event.data);
    const before = events.slice(0, event.index);
    const claimed = saidOf(before, 'Claimed').find(({ data }) => data.includes(claimId));
    const enteredBy = JSON.parse(claimed?.metadata ?? '').actor.id as string;
    const planting = { decision, claimant: event.stream.slice(7), enteredBy, before };
    return where(planting) ? [{ event, planting }] : [];
  });
}

describe('verify: nobody decides on their own, nor without authority (design, invariant 6)', () => {
  for (const plant of plants) {
    it(`names the decision where ${plant.what}`, async () => {
      let planted = 0;
      await fc.assert(
        fc.asyncProperty(histories, fc.nat(), async (events, pick) => {
          const places = placesFor(plant, events);
          const place = places[pick % Math.max(1, places.length)];
          if (place === undefined) return;
          const { event, planting } = place;
          const broken = withData(event, (data: { decision: Decision }) => ({
            ...data,
            decision: { ...data.decision, ...plant.decision(planting) },
          }));
          planted += 1;
          await expectFirst(events.with(event.index, broken), event, plant.says);
        }),
        { numRuns: 40 },
      );
      expect(planted).to.be.greaterThan(0);
    });
  }

  it('names the decision where who stated the claim anew for another decides', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const restated = saidOf(events, 'ClaimAmended').filter(({ metadata }) =>
          metadata.includes(people.clerk),
        );
        const event = saidOf(events, ...deciding).find(({ index, data }) =>
          restated.some((one) => one.index < index && data.includes(JSON.parse(one.data).claimId)),
        );
        fc.pre(event !== undefined);
        const broken = withData(event, (data: { decision: Decision }) => ({
          ...data,
          decision: { ...data.decision, decidedBy: [people.clerk] },
        }));
        const said = 'decided on a claim that they entered';
        await expectFirst(events.with(event.index, broken), event, said);
      }),
      { numRuns: 5 },
    );
  });

  it('names an approval beyond the points or the categories of its appointment', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async (events, points) => {
        const approval = saidOf(events, 'ClaimApproved').find(({ data }) =>
          data.includes('"capacity":"assessor"'),
        );
        fc.pre(approval !== undefined);
        const beyond = points ? { points: 501 } : { category: 'teaching' };
        const broken = withData(approval, (data: Approved) => ({
          ...data,
          lines: data.lines.map((line) => ({
            ...line,
            awards: line.awards.map((award) => ({ ...award, ...beyond })),
          })),
        }));
        await expectFirst(events.with(approval.index, broken), approval, 'does not cover');
      }),
      { numRuns: 20 },
    );
  });

  it('names who rejected a claim and decides the appeal, too', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const [appeal] = saidOf(events, 'AppealUpheld', 'AppealDismissed');
        fc.pre(appeal !== undefined);
        const broken = withData(appeal, (data: { decision: Decision }) => ({
          ...data,
          decision: { ...data.decision, decidedBy: [people.assessor] },
        }));
        await expectFirst(events.with(appeal.index, broken), appeal, 'rejected it and decided');
      }),
      { numRuns: 10 },
    );
  });
});

type Approved = Extract<AnyFact, { type: 'ClaimApproved' }>['data'];
