import { z } from 'zod';
import { CycleDetermined, Sha256 } from '../events/cycle.ts';
import { Code, Day, Uuid } from '../events/shapes.ts';
import { outcomes } from '../scheme/outcome.ts';
import { defineCommand } from './define.ts';
import { identityKid } from './membership.ts';
import { refuse } from './rejection.ts';

/** What a statement said of a cycle, and when: what a determination is made of. */
export const Determination = z.strictObject({
  scheme: Uuid,
  cycle: Code,
  /** The day for which the statement is true. */
  on: Day,
  /** The day from which the cycle is over. */
  until: Day,
  outcome: z.enum(outcomes),
  digest: Sha256,
  index: z.int().min(0),
});
export type Determination = z.infer<typeof Determination>;

/**
 * Determines what a member's cycle came to. The statement was computed by the caller (docs/adr/0015): a fact
 * looked at since is no error, as `index` says what was looked at; another day is, as the fact's own day is
 * the statement's.
 */
export const determineCycle = defineCommand({
  name: 'determine-cycle',
  category: 'member',
  body: Determination,
  digestKid: identityKid,
  decide({ body, today }, state) {
    const { on, until, ...data } = body;
    const { schemes, earlier } = state.membership;
    if (!schemes.has(data.scheme) && !earlier.some(({ scheme }) => scheme === data.scheme)) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    if (on !== today) refuse('date-wrong', `the statement is of ${on}, and today is ${today}`);
    if (on < until) refuse('cycle-running', `this cycle is over on ${until}`);
    const before = state.determined.get(`${data.scheme}/${data.cycle}`);
    if (before !== undefined && (before.digest === data.digest || before.index >= data.index)) {
      refuse('cycle-determined', 'this cycle was determined so already, or from a later look');
    }
    return [{ type: CycleDetermined.type, data }];
  },
});
