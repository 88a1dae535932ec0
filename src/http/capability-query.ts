import { z } from 'zod';
import { Code, Uuid } from '../events/shapes.ts';
import { SkillSource } from '../events/skill.ts';
import { limits } from '../limits.ts';
import type { CapabilityQuery } from '../projections/capability/asked.ts';
import { councilTimes } from '../projections/capability/moments.ts';
import { dimensionNames } from '../projections/capability/table.ts';
import { addMonths, monthsBetween } from '../scheme/civil-date.ts';
import { AskedDay } from './asked.ts';
import { Problem } from './problem.ts';
import { type Services, todayOf } from './services.ts';
import { AsOfText } from './statement.ts';

/** Several values with commas between. */
function listOf(item: z.ZodType<string, string>) {
  return z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item).min(1).max(200));
}

const Place = z.union([Uuid, z.literal('none'), z.literal('unassigned')]);

/** Which profile is asked about, and which version of it. */
export const profileAsked = {
  profile: Uuid,
  version: z.coerce
    .number<string>()
    .int()
    .min(1)
    .optional()
    .describe('of the profile; absent: the last'),
};

/** What a report of capability, one of its cells, and an explanation of it are asked alike. */
export const capabilityAsked = {
  on: AskedDay.optional().describe('the day for which it is true; absent: today'),
  asOf: AsOfText.optional(),
  councils: z
    .enum(councilTimes)
    .default('then')
    .describe('bodies as they were on that day, or those of today'),
  framework: Uuid.optional(),
  version: z.coerce
    .number<string>()
    .int()
    .min(1)
    .optional()
    .describe('of the framework; absent: the one in force on the day'),
  skill: listOf(Uuid).optional(),
  level: listOf(Code).optional(),
  council: listOf(Place).optional().describe('ids of bodies; none: employed nowhere'),
  region: listOf(Code).optional(),
  nation: listOf(Code).optional(),
  type: listOf(Code).optional().describe('types of body'),
  grade: listOf(Code).optional(),
  source: listOf(z.enum([...SkillSource.options, 'claim'])).optional(),
};

export const cutBy = {
  by: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(dimensionNames)))
    .refine((by) => new Set(by).size === by.length, { error: 'each dimension once' })
    .describe(`any of ${dimensionNames.join(', ')}, with commas between`),
  since: AskedDay.optional().describe(
    'with month: from the month of this day; absent: eleven before',
  ),
};

type Optional<T> = { [K in keyof T]?: T[K] | undefined };
type Asked = Optional<Omit<CapabilityQuery, 'today'>>;

/** The question with its defaults. @throws Problem where a trend has too many months */
export function capabilityQuery(services: Services, asked: Asked): CapabilityQuery {
  const today = todayOf(services);
  const { on = today, by = [], councils = 'then' } = asked;
  const since = asked.since ?? (by.includes('month') ? addMonths(on, -11) : undefined);
  if (since !== undefined && monthsBetween(since, on) >= limits.trendMonths) {
    throw new Problem(400, 'input-wrong', `at most ${limits.trendMonths} months are expected`);
  }
  return { ...asked, on, by, councils, today, since };
}
