import type { Activity } from './activity.ts';

const inHouse = ['In-house', 'Own department', 'Regional partnership'];
const schools = ['Fernhill School of Management', 'Northgate Business College'];

/** What takes members months: mentoring, study for a qualification, work elsewhere. */
export const practice: readonly Activity[] = [
  {
    kind: 'mentoring',
    measure: 'minute',
    category: 'structured',
    accept: 'approval',
    weight: 8,
    amounts: [60, 120, 180, 360, 600],
    days: 60,
    providers: inHouse,
    titles: [
      'Mentoring an associate',
      'Supervising a student placement',
      'Buddy for a new starter',
    ],
  },
  {
    kind: 'qualification',
    measure: 'unit',
    category: 'qualification',
    accept: 'approval',
    weight: 2,
    amounts: [100],
    days: 60,
    providers: schools,
    levels: ['introductory', 'introductory', 'intermediate', 'intermediate', 'advanced', 'expert'],
    titles: [
      'Certificate in service management',
      'Diploma in public leadership',
      'Security practitioner',
    ],
  },
  {
    kind: 'mba-module',
    measure: 'unit',
    category: 'qualification',
    accept: 'approval',
    weight: 1,
    amounts: [100],
    days: 60,
    providers: schools,
    titles: ['MBA, module: Leading change', 'MBA, module: Strategy in the public sector'],
  },
  {
    kind: 'secondment',
    measure: 'month',
    category: 'secondment',
    accept: 'approval',
    weight: 2,
    amounts: [100, 200, 300, 600],
    days: 90,
    providers: inHouse,
    titles: [
      'Joint move to one data centre',
      'New planning portal, at the neighbouring council',
      'Review of complaint handling, for the region',
    ],
  },
];
