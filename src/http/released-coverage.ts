import { z } from 'zod';
import { Uuid } from '../events/shapes.ts';
import { coverageGiven, coverageGivenTold, givenWholes } from '../export/coverage-given.ts';
import { subjectOf } from '../export/given.ts';
import { type Operation, read, under } from './operation.ts';
import { givenSource } from './released.ts';

const sums = {
  councils: z.int().describe('how many there are, as everybody may know'),
  met: z.int(),
  partly: z.int(),
  notMet: z.int(),
  notKnown: z.int(),
  within: z.int().describe('no figure but `councils` is further off than that'),
  share: z
    .int()
    .optional()
    .describe(
      'per cent of those of which it is known that lack something; of a small base withheld',
    ),
};

export const releasedCoverageOperations: readonly Operation[] = under('releases', [
  read({
    id: 'released-coverage',
    path: '/v1/reports/coverage/released',
    summary:
      'How many bodies have what a profile says that they need, as it was last given out: rounded, so that it tells of none of them.',
    may: ['signed-in'],
    query: z.strictObject({
      release: Uuid.optional().describe('the disclosure profile; absent: the only one'),
      profile: Uuid.optional().describe('absent: the only one of which a table was given out'),
      by: z
        .string()
        .default('')
        .transform((text) => text.split(',').filter(Boolean))
        .pipe(z.array(z.enum(givenWholes)))
        .describe('any of the dimensions of the table, with commas between'),
    }),
    output: z.object({
      release: z.uuid(),
      table: z.uuid(),
      profile: z.uuid(),
      standing: z.enum(['provisional', 'final']),
      on: z.string(),
      asOf: z.int(),
      all: z.object(sums),
      sums: z.array(z.object({ key: z.array(z.string()), ...sums })),
      stood: z
        .array(z.object({ key: z.array(z.string()), on: z.string(), asOf: z.int() }))
        .describe('whose figures are of an earlier day, since too few bodies changed'),
    }),
    async run(services, { query: asked }) {
      const found = await coverageGiven(givenSource(services), asked);
      const { given, all, sums: shown, stood } = found;
      const { query, releaseId, standing, asOf } = given.table.data;
      const { release } = given;
      const profile = subjectOf(given.table);
      const head = { release, table: releaseId, profile, standing, on: query.on, asOf };
      return { body: { ...head, all, sums: shown, stood } };
    },
    async told(services, { query }) {
      return coverageGivenTold(await coverageGiven(givenSource(services), query), query);
    },
  }),
]);
