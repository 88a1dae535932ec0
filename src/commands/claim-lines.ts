import { z } from 'zod';
import type { ClaimLine } from '../events/claim.ts';
import { newIdOf } from '../events/ids.ts';
import type { Texts } from '../events/sealing.ts';
import { Code, Day, Quantity, text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { addDays, lastDayOf } from '../scheme/civil-date.ts';
import { type Award, awardsFor, countsOnRecording, doneBefore } from './award.ts';
import { knownCodes } from './claim-codes.ts';
import type { Claims } from './claim-state.ts';
import type { Command } from './define.ts';
import { inOrder } from './interval.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';
import type { JoinedSchemes } from './schemes-of-member.ts';

const Line = z.strictObject({
  kind: Code,
  quantity: Quantity,
  from: Day,
  /** The day after the last one; absent: it was done on one day. */
  until: Day.optional(),
  title: text(limits.shortText),
  provider: text(limits.shortText).optional(),
  reflection: text(limits.longText).optional(),
  attributes: z
    .strictObject({
      role: Code.optional(),
      level: Code.optional(),
      delivery: Code.optional(),
      workRef: Uuid.optional(),
      programme: Uuid.optional(),
    })
    .optional(),
  topics: z.array(Code).max(20).optional(),
  session: Uuid.optional(),
});

/** The lines of a claim as they come in: text and all. */
export const Lines = z.array(Line).min(1).max(limits.claimLines);

/** Refuses a claim too many in one year: a script has run wild. */
export function notTooMany(lines: z.output<typeof Lines>, { claims }: Member): void {
  if (claims.size < limits.claimsPerCycle) return;
  for (const cycle of new Set(lines.map(cycleOfLine))) {
    let count = 0;
    for (const claim of claims.values()) {
      if ([...claim.lines.values()].some(({ line }) => cycleOfLine(line) === cycle)) count += 1;
    }
    if (count >= limits.claimsPerCycle) {
      refuse('too-many', `a member has at most ${limits.claimsPerCycle} claims in ${cycle}`);
    }
  }
}

function cycleOfLine(line: { from: string; until?: string | undefined }): string {
  return lastDayOfLine(line).slice(0, 4);
}

/** The last day on which a line was done. */
export function lastDayOfLine({ from, until }: { from: string; until?: string | undefined }) {
  return until === undefined ? from : lastDayOf({ until });
}

/** Lines as they stand in the fact, and the texts to be sealed beside them. */
export function linesOf(
  command: Command<{ lines: z.output<typeof Lines> }>,
  schemes: JoinedSchemes,
): { lines: ClaimLine[]; fields: Texts } {
  const fields: Texts = {};
  const lines = command.body.lines.map((line, index): ClaimLine => {
    for (const name of ['title', 'provider', 'reflection'] as const) {
      const value = line[name];
      if (value !== undefined) fields[`lines/${index}/${name}`] = value;
    }
    const { kind, quantity, from, attributes = {}, topics = [], session } = line;
    const until = line.until ?? addDays(from, 1);
    inOrder({ from, until });
    const last = lastDayOf({ until });
    if (last > command.today) {
      refuse('claimed-too-early', `line ${index + 1} ends on ${last}: claim it when it is over`);
    }
    knownCodes(schemes, line);
    awardsFor(schemes, { kind, quantity, until, topics, attributes });
    const lineId = newIdOf(command.id, `line/${index}`);
    const done = { lineId, kind, quantity, from, until, attributes, topics };
    return session === undefined ? done : { ...done, session };
  });
  return { lines, fields };
}

/** The rule's approval of the lines whose kind counts on recording, if there are any. */
export function approvedByRule(
  claimId: string,
  lines: readonly ClaimLine[],
  schemes: JoinedSchemes,
  { claims, today }: { claims: Claims; today: string },
) {
  const counted = lines.filter((line) => countsOnRecording(schemes, line));
  if (counted.length === 0) return undefined;
  return {
    type: 'ClaimApproved' as const,
    actor: 'rule' as const,
    data: {
      claimId,
      decision: {
        decidedBy: [],
        decidedOn: today,
        capacity: 'rule' as const,
        interests: [],
        reasons: [],
      },
      lines: counted.map((line, n) => ({
        lineId: line.lineId,
        accepted: line.quantity,
        awards: awardsFor(
          schemes,
          line,
          doneBefore(claims, line, counted.slice(0, n)),
        ) satisfies Award[],
        skills: [],
      })),
    },
  };
}
