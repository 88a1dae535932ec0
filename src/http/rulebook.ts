import { z } from 'zod';
import { type Answer, handle, type Ledger } from '../commands/handle.ts';
import { publishRulebook, refuseFaulty } from '../commands/scheme.ts';
import { Day } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import type { ClosedUnder } from '../projections/closed-under.ts';
import { outcomes } from '../scheme/outcome.ts';
import { Rulebook } from '../scheme/rulebook.ts';
import { remarksOn } from '../scheme/rulebook-check.ts';
import { differences } from '../scheme/rulebook-diff.ts';
import { rulebookSchema } from '../scheme/rulebook-schema.ts';
import { AskedDay } from './asked.ts';
import {
  CommandAnswer,
  type Operation,
  type Reply,
  read,
  replyOf,
  requestOf,
  under,
  write,
} from './operation.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';

const hundredths = z.int().describe('hundredths of a point');
const Both = z.object({ before: hundredths, after: hundredths });
const Figures = z.object({
  cycle: z.string(),
  version: z.int().describe('of the rulebook that governs it'),
  target: hundredths.optional(),
  counted: hundredths,
  carriedIn: hundredths,
  needed: hundredths,
  outcome: z.enum(outcomes),
  met: z.boolean().describe('target and binding requirements, or a route'),
});
const PreviewShown = z.object({
  asOf: z.int().describe('facts with a lower index were looked at'),
  version: z.int().describe('the version that it would have'),
  on: z.string().describe('YYYY-MM-DD'),
  sums: z.object({
    members: z.int().describe('who take part on the day'),
    cycles: z.int().describe('cycles of theirs that it would govern'),
    gaining: z.int(),
    losing: z.int(),
    same: z.int(),
    fallingShort: z.int().describe('met without it, and not with it'),
    newlyMet: z.int().describe('not met without it, and met with it'),
    untargeted: z.int().describe('cycles in which it would name no target for the member’s grade'),
    needed: Both,
    counted: Both,
  }),
  rows: z
    .array(
      z.object({
        member: z.uuid(),
        before: Figures.optional(),
        after: Figures,
        change: z.int().describe('of what is had beyond what is asked, in hundredths'),
      }),
    )
    .describe('to whom it does something: who falls short first, then who loses most'),
  left: z.int().describe('rows left out: the command line lists them all'),
});

const Version = z.coerce.number<string>().int().min(1);

/** A remark that does not stop publishing, as it is answered. */
const WarningShown = z.object({ pointer: z.string(), says: z.string() });

/** The answer to a rulebook that was published. */
export const PublishedAnswer = CommandAnswer.extend({ warnings: z.array(WarningShown) });

/** The reply to a rulebook that was published: its warnings are of what was read back, never of what was sent. */
export async function publishedReply(
  { streams }: Ledger,
  scheme: string,
  answer: Answer,
  ids: Record<string, string> = {},
  closed: ClosedUnder = { members: 0, cycles: [] },
): Promise<Reply> {
  const { state } = await streams.load('scheme', scheme);
  const stored = state.rulebooks.find(({ eventId }) => eventId === answer.events[0]?.id);
  const warnings = stored === undefined ? [] : warningsOn(stored.rulebook);
  if (closed.members > 0) {
    const says = `it judges anew what was closed: ${closed.cycles.join(', ')}, of ${closed.members} members`;
    warnings.push({ pointer: '/effectiveFrom', says });
  }
  return replyOf(answer, ids, { warnings });
}

export const rulebookOperations: readonly Operation[] = [
  ...under('schemes', [
    read({
      id: 'show-rulebooks',
      path: '/v1/schemes/{scheme}/rulebooks',
      summary: 'Every version of a scheme’s rulebook, as published.',
      may: ['signed-in'],
      output: z.object({
        items: z.array(z.looseObject({ version: z.int(), effectiveFrom: z.string() })),
      }),
      async run(services, { path }) {
        const { rulebooks, revision } = await publishedOf(services, path);
        return { body: { items: rulebooks }, revision };
      },
    }),
    write({
      id: publishRulebook.name,
      path: '/v1/schemes/{scheme}/rulebooks',
      summary: 'Publish the next version of a scheme’s rulebook; the answer has warnings about it.',
      may: ['admin'],
      body: publishRulebook.body,
      output: PublishedAnswer,
      async run(services, call) {
        const { ledger, views } = services;
        const scheme = call.path['scheme'] ?? '';
        const { effectiveFrom, rulebook } = call.body;
        const asked = { scheme, effectiveFrom, rulebook, on: todayOf(services) };
        const closed = await views.closedUnder(asked);
        const answer = await handle(ledger, requestOf(publishRulebook, call, scheme));
        return publishedReply(ledger, scheme, answer, {}, answer.repeated ? undefined : closed);
      },
    }),
    read({
      id: 'show-rulebook-differences',
      path: '/v1/schemes/{scheme}/rulebooks/differences',
      summary: 'What differs between two versions of a scheme’s rulebook, in words.',
      may: ['signed-in'],
      query: z.strictObject({ from: Version, to: Version }),
      output: z.object({ from: z.int(), to: z.int(), differences: z.array(z.string()) }),
      async run(services, { path, query: { from, to } }) {
        const { rulebooks, revision } = await publishedOf(services, path);
        const [before, after] = [from, to].map((version) => {
          const found = rulebooks.find((one) => one.version === version);
          if (found !== undefined) return found.rulebook;
          const last = rulebooks.length;
          throw new Problem(
            404,
            'not-found',
            `there is no version ${version}: the last is ${last}`,
          );
        }) as [Rulebook, Rulebook];
        return { body: { from, to, differences: differences(before, after) }, revision };
      },
    }),
    read({
      id: 'preview-rulebook',
      method: 'post',
      path: '/v1/schemes/{scheme}/rulebook-previews',
      summary:
        'What a rulebook would do to every member if it were published: sums, and who is concerned. Nothing is written.',
      may: ['admin'],
      limit: 'heavy',
      query: z.strictObject({
        limit: z.coerce
          .number<string>()
          .int()
          .min(1)
          .max(limits.pageMost)
          .default(limits.pageDefault),
      }),
      body: z.strictObject({
        effectiveFrom: Day,
        rulebook: Rulebook,
        on: AskedDay.optional().describe('absent: today, or effectiveFrom where that is later'),
      }),
      output: PreviewShown,
      async run(services, { path, query: { limit }, body: { effectiveFrom, rulebook, on } }) {
        refuseFaulty(rulebook);
        const scheme = path['scheme'] ?? '';
        const today = todayOf(services);
        const later = effectiveFrom > today ? effectiveFrom : today;
        const request = { scheme, effectiveFrom, rulebook, on: on ?? later, limit };
        const preview = await services.views.preview(request);
        if (preview === undefined) throw noScheme();
        return { body: preview };
      },
    }),
  ]),
  ...under('health', [schemaRow()]),
];

async function publishedOf({ ledger }: Services, path: Readonly<Record<string, string>>) {
  const { state, revision } = await ledger.streams.load('scheme', path['scheme'] ?? '');
  if (state.rulebooks.length === 0) throw noScheme();
  return { rulebooks: state.rulebooks, revision };
}

function noScheme(): Problem {
  return new Problem(404, 'not-found', 'there is no such scheme');
}

function warningsOn(rulebook: Rulebook): z.output<typeof WarningShown>[] {
  return remarksOn(rulebook)
    .filter(({ level }) => level === 'warning')
    .map(({ path, says }) => ({ pointer: path.map((step) => `/${step}`).join(''), says }));
}

function schemaRow() {
  let made: unknown;
  return read({
    id: 'rulebook-schema',
    path: '/rulebook.schema.json',
    summary: 'The JSON Schema of a rulebook as people write it, for editors.',
    may: ['anyone'],
    output: z.looseObject({ $schema: z.string() }),
    async run() {
      made ??= rulebookSchema();
      return { body: made };
    },
  });
}
