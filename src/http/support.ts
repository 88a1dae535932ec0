import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import type { SupportReport } from '../projections/capability/support.ts';
import type { Caller } from './access.ts';
import { capabilityAsked, profileAsked } from './capability-query.ts';
import { type Operation, read, under } from './operation.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { namesOf, type Seen, supportShown } from './support-shown.ts';

const placement = {
  council: z.uuid(),
  name: z.string(),
  type: z.string(),
  region: z.string(),
};
/** For who may see people. */
const behind = z.string().optional();
const Bounds = z.object({ least: z.int(), most: z.int() });
const near = { region: z.string(), near: z.enum(['same', 'neighbouring']) };

const Entry = z.object({
  entry: z.uuid(),
  title: z.string(),
  organisation: z.uuid().optional().describe('who offers it'),
  kind: z.string(),
  minutes: z.int(),
  sessions: z
    .array(z.object({ session: z.uuid(), from: z.string(), until: z.string() }))
    .describe('runs that are not over; none: no day is set'),
  earns: z
    .array(
      z.object({
        scheme: z.uuid(),
        rulebook: z.object({ version: z.int(), eventId: z.uuid() }),
        category: z.string(),
        points: z.int().describe('hundredths of a point'),
      }),
    )
    .describe(
      'of a participant who is there from beginning to end, for the first time; before caps; by the rules in force on the day of the next run',
    ),
});

const Way = z.object({
  framework: z.object({ id: z.uuid(), version: z.int() }),
  skill: z.uuid(),
  level: z.string(),
  wanted: z.int(),
  enough: z.int().optional().describe('people of the body who have it, current'),
  known: z.int().optional().describe('people of the body looked at lately'),
  href: behind.describe('who of the body is behind it'),
  wants: z
    .array(
      z.object({
        framework: z.uuid(),
        skill: z.uuid(),
        name: z.string(),
        levels: z.array(z.string()),
      }),
    )
    .describe('what that is in the versions in force'),
  helpers: z.array(
    z.object({
      ...near,
      people: z.int().optional().describe('elsewhere in the region, for who may see people'),
      href: behind.describe('who in the region has it, the body’s own included'),
      about: Bounds.optional().describe(
        'in the whole region, as it was given out, for all others; absent: nothing was',
      ),
      persons: z
        .array(z.object({ person: z.uuid(), name: z.string(), at: z.array(z.object(placement)) }))
        .describe('who shares their contact with the body, or with who asks'),
    }),
  ),
  entries: z.array(Entry).describe('what is on offer and builds it, or a part of it'),
});

const Shown = z.object({
  profile: z.object({ profile: z.uuid(), version: z.int(), name: z.string() }),
  council: z.object({ ...placement, region: z.string().optional() }),
  on: z.string(),
  asOf: z.int(),
  regions: z.array(z.object(near)).describe('where help is looked for; its own region first'),
  needs: z
    .array(
      z.object({
        need: z.string(),
        name: z.string(),
        state: z.enum(coverageStates).optional(),
        ways: z.array(Way),
        partners: z
          .array(z.object({ ...placement, near: near.near }))
          .describe(
            'bodies nearby that have it, for who may see people: nothing about a named body goes to others',
          ),
      }),
    )
    .describe('what is not met; every need, for who may not know what the body has'),
});

export const supportOperations: readonly Operation[] = under('reports', [
  read({
    id: 'report-support',
    path: '/v1/reports/support',
    summary:
      'Where help is near, for each gap of a body: who has what it lacks, which bodies do, what on offer builds it, and what that earns.',
    may: ['admin', 'auditor', 'analyst', 'organisation-contact', 'line-manager'],
    opens: true,
    limit: 'heavy',
    query: z.strictObject({
      council: Uuid,
      ...profileAsked,
      on: capabilityAsked.on,
      asOf: capabilityAsked.asOf,
    }),
    output: Shown,
    async run(services, { actor, caller, query }) {
      const people = actor.role === 'admin' || actor.role === 'auditor';
      const seen: Seen = { people, states: people || speaksFor(caller, query.council) };
      if (!seen.states && actor.role !== 'analyst') {
        throw new Problem(403, 'forbidden', 'you speak for another body than this one');
      }
      const today = todayOf(services);
      const sharedWith = [...(seen.states ? [query.council] : []), ...caller.own];
      const report = await reportOf(services, {
        ...query,
        on: query.on ?? today,
        today,
        sharedWith,
      });
      const names = await namesOf(services, report, { sharedWith, today });
      return { body: await supportShown(services, report, { seen, names }) };
    },
  }),
]);

/** Whether somebody was granted to speak for a body, or to manage its people. */
function speaksFor({ grants }: Caller, council: string): boolean {
  return grants.some(
    ({ role, organisation }) =>
      (role === 'organisation-contact' || role === 'line-manager') && organisation === council,
  );
}

async function reportOf(
  services: Services,
  query: Parameters<Services['views']['support']>[0],
): Promise<SupportReport> {
  const report = await services.views.support(query);
  if (report !== undefined) return report;
  throw new Problem(404, 'not-found', 'there is no such body on that day, or no such profile');
}
