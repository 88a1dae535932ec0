import { closeReview, decideAppeal, lodgeAppeal, openReview } from '../commands/review.ts';
import { command, type Operation, under } from './operation.ts';

export const reviewOperations: readonly Operation[] = under('claims', [
  command(openReview, {
    path: '/v1/members/{member}/claims/{claim}/reviews',
    summary: 'Place an approval under review. Needs an appointment, as every decision does.',
    may: ['reviewer', 'assessor'],
    subject: 'member',
  }),
  command(closeReview, {
    path: '/v1/members/{member}/claims/{claim}/reviews/{review}/outcomes',
    summary: 'End a review: the approval stands, or is void.',
    may: ['reviewer', 'assessor'],
    subject: 'member',
  }),
  command(lodgeAppeal, {
    path: '/v1/members/{member}/claims/{claim}/appeals',
    summary: 'Appeal against a rejection.',
    may: ['own'],
    subject: 'member',
  }),
  command(decideAppeal, {
    path: '/v1/members/{member}/claims/{claim}/appeals/{appeal}/outcomes',
    summary: 'Decide an appeal, as somebody who did not take the first decision.',
    may: ['assessor'],
    subject: 'member',
  }),
]);
