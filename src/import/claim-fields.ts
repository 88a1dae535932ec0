import type { Field } from './columns.ts';

/** What may stand in a row about a claim or an opening balance. */
export const claimFields: readonly Field[] = [
  {
    name: 'id',
    says: 'the row’s own id in the old system; without it, a row is known by its content',
    guesses: ['claim id', 'claim number', 'record id', 'reference', 'ref'],
  },
  {
    name: 'number',
    says: 'the membership number',
    needed: true,
    guesses: ['membership number', 'member number', 'membership no', 'member no', 'member id'],
    digits: true,
  },
  { name: 'as', says: 'new, decided or balance', needed: true, guesses: ['status', 'state'] },
  {
    name: 'submitted',
    says: 'the day it was handed in; of one decided elsewhere the day it was decided, else today, unless said',
    guesses: ['submitted on', 'date submitted', 'handed in', 'claimed on'],
  },
  { name: 'kind', says: 'a kind of the rulebook', guesses: ['activity type', 'type', 'category'] },
  {
    name: 'title',
    says: 'what was done',
    guesses: ['activity', 'description', 'course', 'event', 'subject'],
  },
  { name: 'provider', says: 'who offered it', guesses: ['organiser', 'organisation'] },
  { name: 'reflection', says: 'what it was good for', guesses: ['notes', 'learning'] },
  {
    name: 'amount',
    says: 'how much: 1.5 or 1,5, and of hours 1:30, too; hours are kept in minutes',
    guesses: ['hours', 'quantity', 'duration', 'units'],
  },
  { name: 'unit', says: 'hour, minute, day, month, unit or credit; hour, unless said' },
  {
    name: 'from',
    says: 'its first day',
    guesses: ['date', 'activity date', 'start date', 'start'],
  },
  {
    name: 'until',
    says: 'its last day; the first, unless said',
    guesses: ['end date', 'end', 'completed', 'to'],
  },
  { name: 'role', says: 'a code: participant, speaker, ...' },
  { name: 'level', says: 'a code: introductory, intermediate, advanced, expert' },
  { name: 'delivery', says: 'a code: in-person, online, ...', guesses: ['mode'] },
  { name: 'topics', says: 'codes, apart by commas', guesses: ['topic'] },
  {
    name: 'decided-on',
    says: 'of one decided elsewhere, when',
    guesses: ['decision date', 'date decided', 'approved on', 'date approved'],
  },
  {
    name: 'decided-by',
    says: 'who decided, and why, in the old system’s words',
    guesses: ['approved by', 'assessor', 'decider'],
  },
  { name: 'scheme', says: 'of a balance: a scheme’s id; the member’s only one, unless said' },
  { name: 'cycle', says: 'of a balance: its year', guesses: ['year', 'cpd year'] },
  {
    name: 'points-category',
    says: 'of a balance: the category of its points',
    guesses: ['points category'],
  },
  {
    name: 'points',
    says: 'of a balance: how many',
    guesses: ['balance', 'points brought forward', 'brought forward'],
  },
  { name: 'lapses-on', says: 'of a balance: the day from which they count no more' },
];
