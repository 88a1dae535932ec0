import { z } from 'zod';
import { amendClaim, assignClaim, claimActivity, withdrawClaim } from '../commands/claim.ts';
import { type Claim, claimStateOf, lineStateOf } from '../commands/claim-state.ts';
import {
  approveClaim,
  rejectClaim,
  returnClaim,
  revokeApproval,
} from '../commands/decide-claim.ts';
import { importDecidedClaim } from '../commands/import-claim.ts';
import { openedFacts } from '../commands/opened.ts';
import { Award, ClaimLine } from '../events/claim.ts';
import { memberState } from './member.ts';
import { command, type Operation, read, under } from './operation.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

const ClaimShown = z.object({
  claim: z.uuid(),
  state: z.enum(['submitted', 'returned', 'partly-decided', 'decided', 'withdrawn']),
  assignee: z.uuid().optional(),
  lines: z.array(
    z.object({
      line: ClaimLine,
      state: z.enum([
        'submitted',
        'returned',
        'withdrawn',
        'approved',
        'rejected',
        'revoked',
        'ended',
      ]),
      approval: z.uuid().optional(),
      awards: z.array(Award),
    }),
  ),
  evidence: z.array(z.object({ evidence: z.uuid(), file: z.boolean() })),
  reviews: z.array(z.object({ review: z.uuid(), approval: z.uuid() })),
  rejections: z.array(z.object({ rejection: z.uuid(), lines: z.array(z.uuid()) })),
  appeals: z.array(z.object({ appeal: z.uuid(), rejection: z.uuid() })),
});

const seers = ['own', 'admin', 'auditor', 'reviewer', 'assessor'] as const;

/** The claim of the path, or 404. */
export async function claimOf(
  services: Services,
  path: Readonly<Record<string, string>>,
): Promise<Claim> {
  const { state } = await memberState(services, path['member'] ?? '');
  const claim = state.claims.get(path['claim'] ?? '');
  if (claim === undefined) throw new Problem(404, 'claim-unknown', 'this member has no such claim');
  return claim;
}

export const claimOperations: readonly Operation[] = under('claims', [
  command(claimActivity, {
    path: '/v1/members/{member}/claims',
    summary:
      'Claim what was done, line by line. Kinds that count on recording are approved by the rule at once.',
    may: ['own', 'admin'],
    subject: 'member',
    makes: 'claim',
  }),
  command(importDecidedClaim, {
    path: '/v1/members/{member}/imported-claims',
    summary: 'Bring in a claim that was decided elsewhere: who and when as the old system said.',
    may: ['admin'],
    subject: 'member',
    makes: 'claim',
  }),
  read({
    id: 'list-claims',
    path: '/v1/members/{member}/claims',
    summary: 'The claims of a member, the newest last: clear data.',
    may: seers,
    output: z.object({ items: z.array(ClaimShown) }),
    async run(services, { path }) {
      const { state, revision } = await memberState(services, path['member'] ?? '');
      return { body: { items: [...state.claims.values()].map(shown) }, revision };
    },
  }),
  read({
    id: 'show-claim',
    path: '/v1/members/{member}/claims/{claim}',
    summary: 'One claim: each line, how it stands, and what it awards.',
    may: seers,
    output: ClaimShown,
    async run(services, { path }) {
      return { body: shown(await claimOf(services, path)) };
    },
  }),
  read({
    id: 'open-claim',
    path: '/v1/members/{member}/claims/{claim}/texts',
    summary: 'What was typed about a claim (titles, reflections, reasons), opened, fact by fact.',
    may: seers,
    opens: true,
    output: z.object({
      items: z.array(
        z.object({
          event: z.uuid(),
          type: z.string(),
          recordedAt: z.string(),
          texts: z.record(z.string(), z.string()),
        }),
      ),
    }),
    async run(services, { path }) {
      const { claimId } = await claimOf(services, path);
      const items = await openedFacts(
        services.ledger,
        path['member'] ?? '',
        ({ data }) => 'claimId' in data && data.claimId === claimId,
      );
      return { body: { items } };
    },
  }),
  command(amendClaim, {
    path: '/v1/members/{member}/claims/{claim}/amendments',
    summary:
      'State a claim anew as a whole, before a decision; a returned claim is thereby handed in again.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  command(withdrawClaim, {
    path: '/v1/members/{member}/claims/{claim}/withdrawals',
    summary: 'Take a claim back before any decision.',
    may: ['own', 'admin'],
    subject: 'member',
  }),
  command(assignClaim, {
    path: '/v1/members/{member}/claims/{claim}/assignments',
    summary: 'Give a claim to an assessor.',
    may: ['admin', 'assessor'],
    subject: 'member',
  }),
  command(approveClaim, {
    path: '/v1/members/{member}/claims/{claim}/approvals',
    summary: 'Approve lines of a claim: what is accepted awards points.',
    may: ['assessor'],
    subject: 'member',
  }),
  command(rejectClaim, {
    path: '/v1/members/{member}/claims/{claim}/rejections',
    summary: 'Reject lines of a claim, with a reason; the member may appeal.',
    may: ['assessor'],
    subject: 'member',
  }),
  command(returnClaim, {
    path: '/v1/members/{member}/claims/{claim}/returns',
    summary: 'Give a claim back to the member with a question.',
    may: ['assessor'],
    subject: 'member',
  }),
  command(revokeApproval, {
    path: '/v1/members/{member}/claims/{claim}/revocations',
    summary: 'Revoke an approval: never valid (void), or ended from a day on.',
    may: ['assessor'],
    subject: 'member',
  }),
]);

function shown(claim: Claim): z.input<typeof ClaimShown> {
  const { claimId, assignee, lines, evidence, reviews, rejections, appeals } = claim;
  return {
    claim: claimId,
    state: claimStateOf(claim) as z.input<typeof ClaimShown>['state'],
    ...(assignee === undefined ? {} : { assignee }),
    lines: [...lines.values()].map(({ line, approval, awards }) => ({
      line,
      state: lineStateOf(claim, line.lineId) as z.input<
        typeof ClaimShown
      >['lines'][number]['state'],
      ...(approval === undefined ? {} : { approval }),
      awards,
    })),
    evidence: [...evidence].map(([id, { blob }]) => ({ evidence: id, file: blob !== undefined })),
    reviews: [...reviews].map(([review, approval]) => ({ review, approval })),
    rejections: [...rejections].map(([rejection, { lines: ids }]) => ({ rejection, lines: ids })),
    appeals: [...appeals].map(([appeal, rejection]) => ({ appeal, rejection })),
  };
}
