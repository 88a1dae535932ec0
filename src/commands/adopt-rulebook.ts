import { z } from 'zod';
import { Day, Uuid } from '../events/shapes.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { defineCommand } from './define.ts';
import { identityKid, mustBeMember } from './membership.ts';
import { refuse } from './rejection.ts';

/**
 * A member adopts a version of their scheme's rules before it binds everybody, where that version offers it
 * (`early` without a track). They choose for days to come; the office may record what was chosen before.
 */
export const adoptRulebook = defineCommand({
  name: 'adopt-rulebook',
  category: 'member',
  body: z.strictObject({ scheme: Uuid, version: z.int().min(1), from: Day.optional() }),
  digestKid: identityKid,
  context: async (load, { body }) => load('scheme', body.scheme),
  decide({ body, today, actor }, state, { rulebooks }) {
    mustBeMember(state, today);
    const { scheme, version, from = today } = body;
    const { schemes, adopted } = state.membership;
    const joined = schemes.get(scheme);
    if (joined === undefined || joined.until !== undefined) {
      refuse('scheme-not-joined', 'this member takes no part in that scheme');
    }
    const book = rulebooks.find((one) => one.version === version);
    if (book === undefined) refuse('rulebook-unknown', `there is no version ${version}`);
    if (adopted.some((one) => one.scheme === scheme && one.version === version)) {
      refuse('already-adopted', `version ${version} is adopted already`);
    }
    mayAdopt(book, from);
    if (actor.role === 'member' && from < today) {
      refuse('date-wrong', `rules are adopted from today on, not from ${from}`);
    }
    const rulebook = { version, eventId: book.eventId };
    return [{ type: 'RulebookAdopted', data: { scheme, rulebook, from } }];
  },
});

function mayAdopt({ version, effectiveFrom, rulebook }: PublishedRulebook, from: string): void {
  const { early } = rulebook;
  if (early === undefined || early.track !== undefined) {
    refuse('not-adoptable', `version ${version} does not offer to be adopted early`);
  }
  if (from < early.from || from >= effectiveFrom) {
    refuse(
      'date-wrong',
      `version ${version} may be adopted from ${early.from} on, and binds everybody from ${effectiveFrom}`,
    );
  }
}
