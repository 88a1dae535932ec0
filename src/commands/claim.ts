import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { text, Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { approvedByRule, Lines, lastDayOfLine, linesOf, notTooMany } from './claim-lines.ts';
import { type Claim, claimStateOf } from './claim-state.ts';
import { type ClaimCommand, claimTable } from './claim-table.ts';
import { circumstances } from './deciding.ts';
import { type Command, defineCommand } from './define.ts';
import type { Member } from './member.ts';
import { mayClaim } from './membership.ts';
import { refuse } from './rejection.ts';
import { joinedSchemes } from './schemes-of-member.ts';
import { eachSessionOnce } from './session-claims.ts';

/**
 * Claims what was done: as a member, or later what was done while one (`mayClaim`). Kinds that count on recording are approved by the rule in
 * the same append.
 */
export const claimActivity = defineCommand({
  name: 'claim',
  category: 'member',
  body: z.strictObject({ lines: Lines }),
  context: joinedSchemes,
  digestKid: ({ newKid }) => newKid,
  decide(command, state, schemes) {
    mayClaim(state, command.body.lines.map(lastDayOfLine), command.today);
    const claimId = newIdOf(command.id, 'claim');
    permit(state.claims.get(claimId), 'claim');
    notTooMany(command.body.lines, state);
    eachSessionOnce(command.body.lines, state);
    const { lines, fields } = linesOf(command, schemes);
    const kid = command.newKid;
    const claimed = {
      type: 'Claimed' as const,
      data: { claimId, kid, lines },
      texts: [{ kid, fields }],
    };
    const approved = approvedByRule(claimId, lines, schemes, {
      claims: state.claims,
      today: command.today,
    });
    return approved === undefined ? [claimed] : [claimed, approved];
  },
});

/** States a claim anew as a whole; a returned claim is thereby handed in again. */
export const amendClaim = defineCommand({
  name: 'amend-claim',
  category: 'member',
  body: z.strictObject({ lines: Lines }),
  context: joinedSchemes,
  digestKid: claimKid,
  decide(command, state, schemes) {
    const claim = claimFor(command, state, 'amend');
    mayClaim(state, command.body.lines.map(lastDayOfLine), command.today);
    eachSessionOnce(command.body.lines, state, claim.claimId);
    const { lines, fields } = linesOf(command, schemes);
    const amended = {
      type: 'ClaimAmended' as const,
      data: { claimId: claim.claimId, lines },
      texts: [{ kid: claim.kid, fields }],
    };
    const approved = approvedByRule(claim.claimId, lines, schemes, {
      claims: state.claims,
      today: command.today,
    });
    return approved === undefined ? [amended] : [amended, approved];
  },
});

/** Takes a claim back before any decision. */
export const withdrawClaim = defineCommand({
  name: 'withdraw-claim',
  category: 'member',
  body: z.strictObject({}),
  digestKid: claimKid,
  decide(command, state) {
    const { claimId } = claimFor(command, state, 'withdraw');
    return [{ type: 'ClaimWithdrawn', data: { claimId } }];
  },
});

/** Gives a claim to an assessor: a worklist, no authority. */
export const assignClaim = defineCommand({
  name: 'assign-claim',
  category: 'member',
  body: z.strictObject({ assessor: Uuid }),
  digestKid: claimKid,
  context: circumstances,
  decide(command, state, { involved }) {
    const { claimId } = claimFor(command, state, 'assign');
    const { assessor } = command.body;
    if (involved.has(assessor)) {
      refuse('own-claim', 'a claim goes to somebody other than who made or entered it');
    }
    return [{ type: 'ClaimAssigned', data: { claimId, assessor } }];
  },
});

/** An address of the web as browsers write it: in ASCII alone, at most nine times as long as it was typed. */
export const Link = text(limits.longText).pipe(z.url({ protocol: /^https?$/, normalize: true }));

/** Attaches a link, or a file that is sealed and stored already. */
export const attachEvidence = defineCommand({
  name: 'attach-evidence',
  category: 'member',
  body: z.union([
    z.strictObject({ link: Link }),
    z.strictObject({
      fileName: text(limits.shortText),
      file: z.strictObject({
        blob: z.string().regex(/^[0-9a-f]{64}$/),
        media: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif']),
        bytes: z.int().min(1).max(limits.evidenceBytes),
      }),
    }),
  ]),
  digestKid: ({ newKid }) => newKid,
  decide(command, state) {
    const { claimId } = claimFor(command, state, 'attach');
    const { body, newKid: kid } = command;
    const data = { claimId, evidenceId: evidenceIdOf(command.id), kid };
    if ('link' in body) {
      return [{ type: 'EvidenceAttached', data, texts: [{ kid, fields: { link: body.link } }] }];
    }
    const fields = { fileName: body.fileName };
    return [
      { type: 'EvidenceAttached', data: { ...data, file: body.file }, texts: [{ kid, fields }] },
    ];
  },
});

/** The id of the evidence that a command attaches: the file is sealed for it before the fact. */
export function evidenceIdOf(commandId: string): string {
  return newIdOf(commandId, 'evidence');
}

/** The claim of the path in a state that permits the command, by the table of a claim's life. */
export function claimFor(command: Command<unknown>, state: Member, name: ClaimCommand): Claim {
  const claim = state.claims.get(command.path['claim'] ?? '');
  permit(claim, name);
  return claim as Claim;
}

/** The key of the claim in the path: text about a claim and its digests are under it. */
export function claimKid(command: Command<unknown>, state: Member): string | undefined {
  return state.claims.get(command.path['claim'] ?? '')?.kid;
}

function permit(claim: Claim | undefined, command: ClaimCommand): void {
  const state = claimStateOf(claim);
  const verdict = claimTable[state][command];
  if (verdict !== 'allow') {
    refuse(verdict, state === 'none' ? 'this member has no such claim' : `the claim is ${state}`);
  }
}
