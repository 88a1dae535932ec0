/** A part of a rulebook, and what it says in words. */
export interface Example {
  says: string;
  yaml: string;
}

/** Examples of kinds of activity and what they earn. */
export const kinds: readonly Example[] = [
  {
    says: 'One point for each 50 minutes, in steps of half a point rounded down, at most 8 for one entry. It counts as soon as it is claimed.',
    yaml: `kinds:
  - kind: webinar
    category: structured
    measure: minute
    accept: recording
    earns:
      - { rate: { points: 1, per: 50 minutes }, round: { to: 0.5, direction: down }, most: 8 }`,
  },
  {
    says: 'Three points for a talk the first time, one when it is given again, and nothing counts without evidence, which is kept for a year after the cycle.',
    yaml: `kinds:
  - kind: talk
    category: structured
    measure: unit
    accept: approval
    evidence: { needed: true, keepMonths: 12 }
    earns:
      - { when: { repeat: first }, points: 3 }
      - { points: 1 }`,
  },
  {
    says: 'Supervision counts only with a reflection by the member, who writes it on the claim.',
    yaml: `kinds:
  - kind: supervision
    category: structured
    measure: minute
    accept: recording
    earns: [{ rate: { points: 1, per: 1 hour } }]
    reflection: needed`,
  },
  {
    says: 'Fixed points by level, and by how many pages; an entry over several months falls into each of them by its days.',
    yaml: `kinds:
  - kind: qualification
    category: structured
    measure: unit
    accept: review
    falls: by-month
    earns:
      - { when: { levels: [advanced] }, points: 30 }
      - { when: { levels: [basic] }, points: 10 }
  - kind: article
    category: structured
    measure: unit
    accept: approval
    earns:
      - { when: { from: 10 units }, points: 5 }
      - { when: { below: 10 units }, points: 2 }`,
  },
  {
    says: 'A point for each full 45 minutes, at most three where it was online: the first rule that fits is taken, so the narrower stands first. A declaration earns nothing; a requirement asks for it.',
    yaml: `kinds:
  - kind: course
    category: structured
    measure: minute
    accept: approval
    earns:
      - { when: { delivery: [online] }, rate: { points: 1, per: 45 minutes }, round: { to: 1, direction: down }, most: 3 }
      - { rate: { points: 1, per: 45 minutes }, round: { to: 1, direction: down } }
  - kind: declaration
    category: declared
    measure: unit
    accept: recording
    earns: [{ points: 0 }]`,
  },
  {
    says: 'The first hour earns two points, each further hour one.',
    yaml: `kinds:
  - kind: mentoring
    category: structured
    measure: minute
    accept: approval
    earns: [{ first: { points: 2, amount: 1 hour }, rate: { points: 1, per: 1 hour } }]`,
  },
];
