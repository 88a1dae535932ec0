import { type Example, kinds } from './rulebook-kind-examples.ts';

/** What every example stands on: two kinds of activity, and a target for each of two grades. */
export const base = `format: 2
cycle: { months: 12, starts: fixed }
kinds:
  - kind: course
    category: structured
    measure: minute
    accept: approval
    earns: [{ rate: { points: 1, per: 1 hour } }]
  - kind: reading
    category: self-directed
    measure: minute
    accept: recording
    earns: [{ rate: { points: 1, per: 1 hour } }]
targets:
  - { grade: full, points: 30 }
  - { grade: associate, points: 20 }
`;

/** Examples by the field of a rulebook that they are about; each takes the place of that field in the base. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  title: [
    {
      says: 'What members call the scheme: statements and pages show it, and the command line takes it where it takes an id.',
      yaml: 'title: Continuing professional development',
    },
  ],
  cycle: [
    {
      says: 'A calendar year. Who joins part-way is asked for the whole months that are left. What was done in a year may be handed in until the end of the January after it, and a shortfall be made good until the end of March.',
      yaml: 'cycle: { months: 12, starts: fixed, joining: by-month, recordWithin: { months: 1 }, graceMonths: 3 }',
    },
    {
      says: 'A year from 1 July. Who joins part-way is asked in proportion to the days that are left. There are six weeks for handing in.',
      yaml: 'cycle: { months: 12, starts: fixed, from: 2025-07-01, joining: by-day, recordWithin: { months: 0, days: 42 } }',
    },
    {
      says: 'Three years from the member’s own day, with a year inside that rules may name.',
      yaml: 'cycle: { months: 36, starts: anchor, periodMonths: 12 }',
    },
    {
      says: 'At any time, the last two years.',
      yaml: 'cycle: { months: 24, starts: rolling }',
    },
  ],
  governs: [
    {
      says: 'The version governs the running cycle, too: all of it, also what was done before its day.',
      yaml: 'governs: running',
    },
  ],
  inProportion: [
    {
      says: 'Half-way through a year, half of the new target is asked, and half of the old.',
      yaml: 'governs: running\ninProportion: true',
    },
  ],
  early: [
    {
      says: 'Who joined on the pilot track has been governed by it for a year.',
      yaml: 'early: { track: pilot, from: 2025-01-01 }',
    },
    {
      says: 'From 2025 on a member may adopt this version themselves, before it binds everybody: it then governs cycles that begin later.',
      yaml: 'early: { from: 2025-01-01 }',
    },
  ],
  rerates: [
    { says: 'What was awarded before is worked out again by this version.', yaml: 'rerates: true' },
  ],
  sameWork: [{ says: 'The same hours count in one scheme only.', yaml: 'sameWork: once' }],
  kinds,
  groups: [
    {
      says: 'Two categories under one name, for limits and requirements about both.',
      yaml: `groups:
  - { group: all-learning, categories: [structured, self-directed] }`,
    },
  ],
  targets: [
    {
      says: 'Of a retired member no points are asked, but each requirement still is (as a declaration); of a grade that is not named here, nothing.',
      yaml: `targets:
  - { grade: full, points: 30 }
  - { grade: retired, points: 0 }`,
    },
  ],
  gradeChange: [
    {
      says: 'Who moves from associate to full in the middle of the year is asked half of each.',
      yaml: 'gradeChange: by-month',
    },
  ],
  roundTarget: [
    {
      says: 'A target that was lowered is rounded up to half a point.',
      yaml: 'roundTarget: { to: 0.5, direction: up }',
    },
  ],
  reliefs: [
    {
      says: 'Leave lowers the target by whole months once it is a month long; shorter hours lower it in proportion; a third class asks for nothing.',
      yaml: `reliefs:
  - { class: class-a, effect: by-month, fromMonths: 1 }
  - { class: class-b, effect: by-week, fullTimeMinutes: 2220 }
  - { class: class-c, effect: exempt }
  - { class: class-d, effect: flat, points: 5 }`,
    },
  ],
  exemptGrades: [
    { says: 'Nothing is asked of honorary members.', yaml: 'exemptGrades: [honorary]' },
  ],
  countsBeforeJoining: [
    { says: 'What was done before joining counts.', yaml: 'countsBeforeJoining: true' },
  ],
  countsWhileLapsed: [
    { says: 'What was done in a gap of the membership counts.', yaml: 'countsWhileLapsed: true' },
  ],
  countsUnderReview: [
    {
      says: 'What is under review does not count until the review has upheld it.',
      yaml: 'countsUnderReview: false',
    },
  ],
  floors: [
    {
      says: 'Reading on one day counts only where it comes to half an hour.',
      yaml: `floors:
  - name: half-an-hour
    says: reading counts from half an hour a day
    of: { kinds: [reading] }
    per: day
    amount: 30 minutes`,
    },
  ],
  steps: [
    {
      says: 'What a month’s courses come to counts in whole points.',
      yaml: `steps:
  - { name: whole-points, of: { kinds: [course] }, per: month, to: 1 }`,
    },
  ],
  limits: [
    {
      says: 'Self-directed learning counts up to a third of the target.',
      yaml: `limits:
  - name: self-directed-third
    says: self-directed learning counts up to a third of the target
    of: { categories: [self-directed] }
    per: cycle
    most: { share: 1/3, of: target }`,
    },
    {
      says: 'At most half as much reading as courses count; at most four courses in a month.',
      yaml: `limits:
  - { name: reading-half, of: { kinds: [reading] }, per: cycle, most: { share: 1/2, of: { kinds: [course] } } }
  - { name: four-courses, of: { kinds: [course] }, per: month, entries: 4 }`,
    },
    {
      says: 'An entry may fall under several limits, and each holds: up to a fifth of the target in the year, and 2 points in a month.',
      yaml: `limits:
  - { name: reading-fifth, of: { kinds: [reading] }, per: cycle, most: { share: 1/5, of: target } }
  - { name: reading-month, of: { kinds: [reading] }, per: month, most: { points: 2 } }`,
    },
    {
      says: 'A course that is taken again counts up to 2 points a year, whatever it earns; without a work named on the claim it is always the first.',
      yaml: `limits:
  - { name: again-two, of: { kinds: [course], repeat: again }, per: cycle, most: { points: 2 } }`,
    },
  ],
  fills: [
    {
      says: 'Limits are filled by what is worth most, whenever it was done.',
      yaml: 'fills: best',
    },
  ],
  requirements: [
    {
      says: 'Ten structured points at least; one entry about ethics; 35 hours of courses; no gap of more than six months, as advice; something about law in every two years.',
      yaml: `requirements:
  - { name: structured-ten, of: { categories: [structured] }, per: cycle, least: { points: 10 } }
  - { name: ethics, says: something about ethics each year, of: { topics: [ethics] }, per: cycle, entries: 1 }
  - { name: course-hours, of: { kinds: [course] }, per: cycle, amount: 35 hours, loweredBy: [joining] }
  - { name: steady, of: {}, per: cycle, noGapOver: 6, advisory: true }
  - { name: law, of: { topics: [law] }, per: { months: 24 }, entries: 1 }`,
    },
    {
      says: 'Every course has a reflection; ethics may be made good in the first three months after the year.',
      yaml: `cycle: { months: 12, starts: fixed, graceMonths: 3 }
requirements:
  - { name: reflected, of: { kinds: [course] }, per: cycle, every: reflection }
  - { name: ethics, of: { topics: [ethics] }, per: cycle, entries: 1, grace: true }`,
    },
  ],
  routes: [
    {
      says: 'The rules are met by the target, or by 50 hours of courses, whatever the points.',
      yaml: `requirements:
  - { name: fifty-hours, of: { kinds: [course] }, per: cycle, amount: 50 hours }
routes:
  - { name: by-points, target: true, requirements: [] }
  - { name: by-courses, target: false, requirements: [fifty-hours] }`,
    },
  ],
  carry: [
    {
      says: 'Up to five structured points of the last quarter go on to the next year, and lapse at its end.',
      yaml: `carry:
  name: carry-five
  of: { categories: [structured] }
  most: { points: 5 }
  lastMonths: 3`,
    },
  ],
  shortfall: [
    {
      says: 'What was missing is asked in the next year, up to ten points.',
      yaml: 'shortfall: { name: make-good, most: 10 }',
    },
  ],
  breaches: [
    {
      says: 'A first short year in five leads to a reminder, a second to a warning, each further one to the panel.',
      yaml: 'breaches: { months: 60, steps: [reminder, warning, panel] }',
    },
  ],
  afterClosing: [
    { says: 'A correction to a closed year reopens it.', yaml: 'afterClosing: reopens' },
  ],
};
