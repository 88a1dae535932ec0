import type { Measure } from '../scheme/rules/scalars.ts';
import type { Random } from './random.ts';

/** A kind of activity as members claim it: what it is called in the rulebook, and what they type. */
export interface Activity {
  kind: string;
  measure: Measure;
  category: 'learning' | 'self-directed' | 'practice' | 'contribution';
  /** Hundredths of a point for an hour, or for one of another measure. */
  points: number;
  accept: 'recording' | 'approval';
  /** How often it is claimed. */
  weight: number;
  /** Amounts as claimed: time in minutes, else hundredths of the unit. */
  amounts: readonly number[];
  titles: readonly string[];
  providers: readonly string[];
  /** Days that it took, at most. */
  days: number;
}

const providers = [
  'Meridian Digital Training',
  'Fernhill School of Management',
  'Northgate Business College',
  'The Public Data Forum',
  'Harbour Street Consulting',
  'Local Services Learning Hub',
];
const inHouse = ['In-house', 'Own department', 'Regional partnership'];

export const activities: readonly Activity[] = [
  {
    kind: 'course',
    measure: 'minute',
    category: 'learning',
    points: 100,
    accept: 'approval',
    weight: 26,
    amounts: [180, 240, 360, 390, 420, 720, 840],
    days: 2,
    providers,
    titles: [
      'Agile delivery in the council',
      'Cyber incident response',
      'Service design foundations',
      'Cloud cost management',
      'Records and retention in practice',
      'Writing a business case',
      'Data protection impact assessments',
      'Accessibility testing',
      'Enterprise architecture, intermediate',
      'Supplier management',
      'Statistics for service data',
      'Managing a technical team',
    ],
  },
  {
    kind: 'webinar',
    measure: 'minute',
    category: 'learning',
    points: 100,
    accept: 'recording',
    weight: 22,
    amounts: [45, 60, 60, 60, 90],
    days: 1,
    providers,
    titles: [
      'Passkeys for staff',
      'Lessons from a ransomware recovery',
      'Moving telephony to the cloud',
      'Open data: what is asked for',
      'Chat assistants in customer services',
      'Addresses and property numbers',
      'The new procurement rules',
      'Single view of debt',
      'Retiring a mainframe',
    ],
  },
  {
    kind: 'reading',
    measure: 'minute',
    category: 'self-directed',
    points: 50,
    accept: 'recording',
    weight: 18,
    amounts: [30, 60, 90, 120, 180],
    days: 7,
    providers: [],
    titles: [
      'Journal of public technology, latest issue',
      'Security guidance, revised',
      'Service standard, new edition',
      'Digest of information rights decisions',
      'Cloud strategy: a review',
      'Consultation on data sharing',
    ],
  },
  {
    kind: 'conference',
    measure: 'day',
    category: 'learning',
    points: 500,
    accept: 'approval',
    weight: 8,
    amounts: [50, 100, 100, 200],
    days: 2,
    providers,
    titles: [
      'Annual symposium',
      'Public sector technology conference',
      'Regional digital leaders’ day',
      'Local data forum',
    ],
  },
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
  {
    kind: 'qualification',
    measure: 'credit',
    category: 'learning',
    points: 100,
    accept: 'approval',
    weight: 3,
    amounts: [500, 1000, 1500, 2000],
    days: 60,
    providers,
    titles: [
      'Certificate in service management, module',
      'Diploma in public leadership, unit',
      'Security practitioner, unit',
    ],
  },
  {
    kind: 'seminar',
    measure: 'minute',
    category: 'learning',
    points: 100,
    accept: 'recording',
    weight: 0,
    amounts: [180],
    days: 1,
    providers,
    titles: ['Branch seminar'],
  },
];

export const topics = [
  'cyber-security',
  'data',
  'service-design',
  'infrastructure',
  'information-governance',
  'architecture',
  'procurement',
  'accessibility',
  'leadership',
  'geography',
];

/** An activity as often as its kind is claimed. */
export function drawActivity(random: Random): Activity {
  return random.weighted(activities.map((activity) => [activity, activity.weight] as const));
}

const reflections = [
  'I changed our runbook after this and have told the team why.',
  'Most useful was the session on logging; I shall use it at the next incident.',
  'It confirmed what we do, and showed me where our letters are unclear.',
  'I should like to go deeper into the costs next year.',
  'We tried it with two teams and it worked better than the old way.',
];

/** What a member writes about what they learnt. */
export function drawReflection(random: Random): string {
  return random.pick(reflections);
}
