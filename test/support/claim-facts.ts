import fc from 'fast-check';
import type { ViewFact } from '../../src/projections/projection.ts';
import { idOf } from './chronicle.ts';

/** Two schemes, so that a line may be awarded points in both. */
export const schemes = [idOf('scheme one'), idOf('scheme two')] as const;
export const claimant = idOf('claimant');

const claimIds = [idOf('claim 1'), idOf('claim 2'), idOf('claim 3')];
const lineIds = ['line 1', 'line 2'].map(idOf);
const works = [undefined, idOf('a work'), idOf('another work')];

const line = fc.record({
  kind: fc.constantFrom('course', 'talk'),
  quantity: fc.record({ amount: fc.integer({ min: 1, max: 300 }), unit: fc.constant('minute') }),
  from: fc.constantFrom('2025-03-01', '2025-03-02'),
  until: fc.constantFrom('2025-03-03', '2025-04-01'),
  topics: fc.constantFrom<string[]>([], ['ethics']),
  attributes: fc.constantFrom(...works).map((workRef) => (workRef ? { workRef } : {})),
  reflected: fc.constantFrom(undefined, true),
});
const lines = fc
  .array(line, { minLength: 1, maxLength: 2 })
  .map((all) => all.map((one, place) => ({ ...one, lineId: `${place}` })));
const award = fc.record({
  scheme: fc.constantFrom(...schemes),
  rulebook: fc.constantFrom({ version: 1, eventId: 'v1' }, { version: 2, eventId: 'v2' }),
  category: fc.constantFrom('a', 'b'),
  points: fc.integer({ min: 0, max: 300 }),
});
const approved = fc.record({
  place: fc.nat(1),
  accepted: fc.record({ amount: fc.integer({ min: 1, max: 300 }), unit: fc.constant('minute') }),
  awards: fc.array(award, { maxLength: 3 }),
});

type Told = { type: string; data: Record<string, unknown> };
const told = (type: string) => fc.record({ type: fc.constant(type), data: fc.constant({}) });

/** What may be said of a claim; approvals and reviews are named by how many there were before. */
const next = fc.oneof(
  fc.record({ type: fc.constant('ClaimAmended'), data: fc.record({ lines }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('ClaimApproved'),
      data: fc.record({
        approved: fc.uniqueArray(approved, {
          minLength: 1,
          maxLength: 2,
          selector: ({ place }) => place,
        }),
        decision: fc.record({ decidedOn: fc.constantFrom('2025-05-01', '2025-06-01') }),
      }),
    }),
  },
  fc.record({
    type: fc.constant('ApprovalRevoked'),
    data: fc.record({
      effect: fc.constantFrom({ kind: 'void' }, { kind: 'ended', from: '2025-04-01' }),
      places: fc.constantFrom([0], [1], [0, 1]),
    }),
  }),
  ...[
    'EvidenceAttached',
    'ClaimReturned',
    'ClaimWithdrawn',
    'ReviewOpened',
    'ReviewUpheld',
    'ReviewOverturned',
  ].map(told),
  fc.record({
    type: fc.constant('ClaimRejected'),
    data: fc.record({ places: fc.constantFrom([0], [1]) }),
  }),
) as fc.Arbitrary<Told>;

/** A history of three claims that no command would allow: whatever is said of a claim in any order after it began. */
export const claimFacts: fc.Arbitrary<ViewFact[]> = fc
  .array(fc.tuple(fc.nat(2), next, lines), { minLength: 1, maxLength: 14 })
  .map((steps) => {
    const facts: ViewFact[] = [];
    const approvals = new Map<string, string>();
    const say = ({ type, data }: Told) => {
      const index = facts.length;
      const metadata = { recordedAt: `2025-07-${String(10 + (index % 18))}T09:00:00.000Z` };
      const stream = `member-${claimant}`;
      const id = idOf(`fact ${index}`);
      facts.push({ id, stream, revision: BigInt(index), index, type, data, metadata } as never);
      return id;
    };
    for (const joined of schemes) {
      say({
        type: 'SchemeJoined',
        data: { scheme: joined, on: '2025-01-01', anchor: '2025-01-01' },
      });
    }
    const begun = new Set<string>();
    for (const [which, { type, data }, ofClaim] of steps) {
      const claimId = claimIds[which] as string;
      const own = (place: number) => `${claimId} ${lineIds[place]}`;
      const named = (all: { lineId: string }[]) =>
        all.map((one) => ({ ...one, lineId: own(Number(one.lineId)) }));
      if (!begun.has(claimId))
        say({ type: 'Claimed', data: { claimId, lines: named(ofClaim as never) } });
      begun.add(claimId);
      const {
        approved: accepts,
        places,
        ...rest
      } = data as {
        approved?: { place: number }[];
        places?: number[];
        lines?: { lineId: string }[];
      };
      const approval = approvals.get(claimId) ?? '';
      const id = say({
        type,
        data: {
          ...rest,
          claimId,
          approval,
          review: '',
          ...(rest.lines && { lines: named(rest.lines) }),
          ...(accepts && {
            lines: accepts.map(({ place, ...one }) => ({ ...one, lineId: own(place) })),
          }),
          ...(places && { lines: places.map(own) }),
        },
      });
      if (type === 'ClaimApproved') approvals.set(claimId, id);
    }
    return facts;
  });

/** What an admin may find was never so. */
const retractable: ReadonlySet<string> = new Set([
  'ClaimApproved',
  'ClaimWithdrawn',
  'EvidenceAttached',
  'ReviewOpened',
  'ReviewOverturned',
]);

/** The same histories, of which some facts are retracted later on. */
export const retractedFacts: fc.Arbitrary<ViewFact[]> = fc
  .tuple(claimFacts, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }))
  .map(([facts, picks]) => {
    const all = [...facts];
    const gone = new Set<string>();
    for (const [n, [which, where]] of picks.entries()) {
      const candidates = all.filter(({ id, type }) => retractable.has(type) && !gone.has(id));
      const target = candidates[which % candidates.length];
      if (target === undefined) break;
      gone.add(target.id);
      const first = all.indexOf(target) + 1;
      const data = { eventId: target.id };
      const retraction = { ...target, id: idOf(`retraction ${n}`), type: 'FactRetracted', data };
      all.splice(first + (where % (all.length - first + 1)), 0, retraction as never);
    }
    return all.map((fact, index) => ({ ...fact, index, revision: BigInt(index) }));
  });
