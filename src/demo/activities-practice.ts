import type { Activity } from './activity.ts';

const inHouse = ['In-house', 'Own department', 'Regional partnership'];

/** What members do in their work, and for others. */
export const practice: readonly Activity[] = [
  {
    kind: 'project',
    measure: 'day',
    category: 'practice',
    points: 150,
    accept: 'approval',
    weight: 9,
    amounts: [200, 300, 500, 800, 1000],
    days: 40,
    providers: inHouse,
    titles: [
      'New planning portal',
      'Joint move to one data centre',
      'Review of complaint handling',
      'Sensors in sheltered housing',
      'Moving case files to the new system',
    ],
  },
  {
    kind: 'mentoring',
    measure: 'month',
    category: 'contribution',
    points: 200,
    accept: 'approval',
    weight: 5,
    amounts: [100, 200, 300, 600],
    days: 60,
    providers: inHouse,
    titles: ['Mentoring a trainee', 'Supervising a student placement', 'Buddy for a new starter'],
  },
  {
    kind: 'presenting',
    measure: 'unit',
    category: 'contribution',
    points: 300,
    accept: 'approval',
    weight: 5,
    amounts: [100],
    days: 1,
    providers: [],
    titles: [
      'Talk at the regional branch',
      'Guest lecture on public data',
      'Workshop for parish clerks',
    ],
  },
  {
    kind: 'article',
    measure: 'unit',
    category: 'contribution',
    points: 500,
    accept: 'approval',
    weight: 2,
    amounts: [100],
    days: 30,
    providers: [],
    titles: [
      'Note in the members’ magazine',
      'Paper on shared services',
      'Chapter on digital inclusion',
    ],
  },
];
