import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CapabilityQuery } from '../../src/projections/capability/asked.ts';
import { UNASSIGNED } from '../../src/projections/capability/places.ts';
import {
  type CapabilityReport,
  capabilityReport,
} from '../../src/projections/capability/report.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { asking } from '../support/capability-source.ts';
import { andThen, chronicle, idOf, saidOf, withData } from '../support/chronicle.ts';
import { decidedBy } from '../support/history-claims.ts';
import { byAdmin, people, streamOf } from '../support/history-told.ts';
import { days, skillHistories } from '../support/skill-histories.ts';
import { bodies } from '../support/skill-history-society.ts';

const today = '2026-01-20';
const councils = fc.constantFrom('then' as const, 'today' as const);
const day = fc.constantFrom(...days, today);

function reported(
  events: readonly StoredEvent[],
  query: Partial<CapabilityQuery> & { on: string },
): Promise<CapabilityReport> {
  const whole = { by: [], councils: 'then' as const, today, ...query };
  return asking(events, (source) => capabilityReport(source, whole));
}

const figures = ({ cells, totals, bases }: CapabilityReport) => ({ cells, totals, bases });

/** Approvals of a history, with what revokes them. */
const approved = skillHistories
  .map((events) => ({ events, approvals: saidOf(events, 'ClaimApproved') }))
  .filter(({ approvals }) => approvals.length > 0)
  .chain(({ events, approvals }) =>
    fc.record({
      events: fc.constant(events),
      approval: fc.constantFrom(...approvals),
      on: day,
      from: fc.constantFrom(...days),
      kind: fc.constantFrom('void' as const, 'ended' as const),
    }),
  );

describe('what reports of capability keep to (issue 5, laws)', function () {
  this.timeout(120_000);

  it('a revoked approval takes its skills with it: from when it was recorded, for the days concerned', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(approved, async ({ events, approval, on, from, kind }) => {
        const { claimId, lines } = JSON.parse(approval.data);
        const effect = kind === 'void' ? { kind } : { kind, from };
        const data = {
          claimId,
          approval: approval.id,
          lines: lines.map(({ lineId }: { lineId: string }) => lineId),
          effect,
          decision: decidedBy(chronicle(events)),
        };
        const revoked = andThen(
          events,
          approval.stream,
          [{ type: 'ApprovalRevoked', data }],
          byAdmin,
        );
        const without = revoked.map((event) =>
          event === revoked[approval.index]
            ? withData(event, (said: { lines: object[] }) => ({
                ...said,
                lines: said.lines.map((line) => ({ ...line, skills: [] })),
              }))
            : event,
        );
        const by = ['skill', 'level', 'council'] as const;
        const before = await reported(events, { on, by });
        const after = await reported(revoked, { on, by });
        const asOf = { index: events.length };
        expect(await reported(revoked, { on, by, asOf })).to.deep.equal(before);
        const stands = kind === 'ended' && on < from;
        const expected = stands ? before : await reported(without, { on, by });
        expect(figures(after)).to.deep.equal(figures(expected));
        if (before.totals[0]?.events !== after.totals[0]?.events) taken += 1;
      }),
      { numRuns: 60 },
    );
    expect(taken).to.be.greaterThan(0);
  });

  it('a reorganisation loses and doubles nobody, and changes no day before it', async () => {
    const reorganised = fc.record({
      events: skillHistories,
      body: fc.nat(bodies.length - 1),
      heirs: fc.integer({ min: 1, max: 2 }),
      effectiveOn: fc.constantFrom(...days),
      on: day,
      councils,
    });
    await fc.assert(
      fc.asyncProperty(reorganised, async ({ events, body, heirs, effectiveOn, on, ...query }) => {
        const successors = [1, 2].slice(0, heirs).map((n) => bodies[(body + n) % 6] as string);
        const kind = heirs === 1 ? ('merger' as const) : ('split' as const);
        const after = andThen(events, `organisation-${bodies[body]}`, [
          { type: 'OrganisationSucceeded', data: { successors, kind, effectiveOn } },
        ]);
        const [was, is] = [
          await reported(events, { on, ...query }),
          await reported(after, { on, ...query }),
        ];
        const sums = ({ totals, bases }: CapabilityReport) => [
          totals.map(({ people, current, stale, holdings, heads, events: n }) => [
            people,
            current,
            stale,
            holdings,
            heads,
            n,
          ]),
          bases.map(({ members, withSkill, heads }) => [members, withSkill, heads]),
        ];
        expect(sums(is)).to.deep.equal(sums(was));
        const cut = await reported(after, { on, by: ['council', 'grade'], ...query });
        const placed = cut.cells.reduce((sum, { people: one }) => sum + one, 0);
        expect(placed).to.equal(is.totals[0]?.people ?? 0);
        if (on >= effectiveOn || query.councils === 'today') return;
        const earlier = await reported(events, { on, by: ['council'] });
        const now = await reported(after, { on, by: ['council'] });
        expect(figures(now)).to.deep.equal(figures(earlier));
      }),
      { numRuns: 60 },
    );
  });

  it('people of a body that was split are unassigned until they say, then with the heir they name', async () => {
    const said = chronicle();
    const [old = '', one = '', two = ''] = bodies;
    for (const [n, body] of [old, one, two].entries()) {
      const data = { name: `Body ${n}`, type: 'district', region: 'north', from: '2000-01-01' };
      said.say(`organisation-${body}`, [
        { type: 'OrganisationRegistered', data: { ...data, identifiers: [] } },
      ]);
    }
    const [ada = ''] = people.members;
    const share = { num: 1, den: 1 };
    const post = (n: number, organisation: string, from: string) =>
      said.say(streamOf(ada), [
        {
          type: 'EmploymentStarted',
          data: { employmentId: idOf(`post ${n}`), organisation, share, from },
        },
      ]);
    const registered = { person: ada, kid: 'k'.repeat(22), grade: 'full', on: '2020-01-01' };
    said.say(streamOf(ada), [{ type: 'Registered', data: registered }]);
    post(1, old, '2020-01-01');
    said.say(`organisation-${old}`, [
      {
        type: 'OrganisationSucceeded',
        data: { successors: [one, two], kind: 'split', effectiveOn: '2024-04-01' },
      },
    ]);
    const split = said.events.length;
    post(2, two, '2024-06-01');
    const at = async (on: string, more: Partial<CapabilityQuery> = {}) => {
      const { bases } = await reported(said.events, { on, ...more });
      return bases[0]?.heads;
    };
    const unassigned = { council: [UNASSIGNED] };
    expect(await at('2024-03-31', { council: [old] })).to.equal(1);
    expect(await at('2024-05-01', unassigned)).to.equal(1);
    expect(await at('2024-06-01', unassigned)).to.equal(0);
    expect(await at('2024-06-01', { council: [two] })).to.equal(1);
    // In the councils of today the past follows what they said since; as known before, they had not.
    expect(await at('2023-01-01', { council: [two], councils: 'today' })).to.equal(1);
    const then = { councils: 'today' as const, asOf: { index: split } };
    expect(await at('2023-01-01', { ...then, council: [two] })).to.equal(0);
    expect(await at('2023-01-01', { ...then, ...unassigned })).to.equal(1);
  });
});
