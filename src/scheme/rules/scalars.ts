import { z } from 'zod';

/** A name in a rulebook: of a kind, a category, a grade, a rule. */
export const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, {
  error: 'a name is expected: lower case letters, digits and hyphens',
});
/** What a rule is called: a statement names it where it makes a difference. */
export const ruleName = name.describe('what the rule is called; a statement names it');
export const names = z.array(name).min(1).max(100);
export const months = z.int().min(1).max(1_200);
export const day = z.iso.date({ error: 'a day of the calendar is expected, as 2026-01-31' });
/** What a rule says in words, shown where it makes a difference. Public. */
export const says = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe('what it says in words, shown to members where it makes a difference');

/** What members call the scheme: with its id it fits in a line of a terminal. Public. */
export const title = z
  .string()
  .trim()
  .min(1)
  .max(48)
  .describe('what members call the scheme; the command line takes it for the id');

export const measures = ['minute', 'day', 'month', 'unit', 'credit'] as const;
export type Measure = (typeof measures)[number];

/** An amount of what was done: minutes, or hundredths of another measure. */
export interface Quantity {
  amount: number;
  unit: Measure;
}

export interface Fraction {
  num: number;
  den: number;
}

/** How points, amounts and shares are written: as people write them in a file, or as they are stored. */
export interface Scalars {
  /** Hundredths of a point. */
  points: z.ZodType<number>;
  quantity: z.ZodType<Quantity>;
  share: z.ZodType<Fraction>;
}

const MOST_POINTS = 100_000_000;
const MOST_AMOUNT = 10_000_000;

/** As it stands in a fact: integers (contract, 3). */
export const stored: Scalars = {
  points: z.int().min(0).max(MOST_POINTS),
  quantity: z.strictObject({
    amount: z.int().min(1).max(MOST_AMOUNT),
    unit: z.enum(measures),
  }),
  share: z.strictObject({ num: z.int().min(1).max(1_000), den: z.int().min(1).max(1_000) }),
};

/** As people write it: `1.5`, `1 hour 30 minutes`, `1/3`. */
export const authored: Scalars = {
  points: z
    .number()
    .min(0)
    .max(MOST_POINTS / 100)
    .multipleOf(0.01, { error: 'points have at most two decimals' })
    .transform((points) => Math.round(points * 100))
    .meta({ description: 'points, with at most two decimals', examples: [1.5] }),
  quantity: z
    .string()
    .regex(/^\d+(\.\d{1,2})? (minute|hour|day|month|unit|credit)s?$/, {
      error: 'an amount is expected, as "50 minutes", "1.5 hours", "1 day", "2 credits"',
    })
    .transform(quantityOf)
    .refine(({ amount }) => Number.isSafeInteger(amount) && amount >= 1 && amount <= MOST_AMOUNT, {
      error: 'whole minutes, or at most two decimals of another measure, are expected',
    })
    .meta({
      description: 'an amount of what was done: "50 minutes", "1 hour", "2 credits"',
      examples: ['50 minutes', '1 hour', '2 credits'],
    }),
  share: z
    .string()
    .regex(/^(\d{1,3}\/\d{1,3}|\d{1,3}%)$/, { error: 'a share is expected, as "1/3" or "40%"' })
    .transform(shareOf)
    .refine(({ num, den }) => num >= 1 && den >= 1, { error: 'a share of nothing is none' })
    .meta({ description: 'a share: "1/3" or "40%"', examples: ['1/3', '40%'] }),
};

function quantityOf(text: string): Quantity {
  const [number = '', word = ''] = text.split(' ');
  const unit = word.replace(/s$/, '');
  const hundredths = Math.round(Number(number) * 100);
  if (unit === 'hour') return { amount: (hundredths * 60) / 100, unit: 'minute' };
  if (unit === 'minute') return { amount: hundredths / 100, unit: 'minute' };
  return { amount: hundredths, unit: unit as Measure };
}

function shareOf(text: string): Fraction {
  if (text.endsWith('%')) return { num: Number(text.slice(0, -1)), den: 100 };
  const [num, den] = text.split('/').map(Number);
  return { num: num ?? 0, den: den ?? 0 };
}
