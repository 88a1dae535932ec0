/** A skill of the invented framework: its name, what it is, and who needs it. */
type Skill = readonly [name: string, description: string, role: string];

/** Those that have levels. */
const levelled: readonly Skill[] = [
  [
    'Finding out what users need',
    'Asks, watches and tests before anything is built.',
    'Researcher',
  ],
  [
    'Designing a service',
    'Sees it whole, from the first letter to the last phone call.',
    'Service designer',
  ],
  ['Keeping things running', 'Plans for failure, and restores what has failed.', 'Engineer'],
  ['Securing', 'Knows what is worth protecting, and from whom.', 'Security officer'],
  ['Working with data', 'Sees a pattern in records, and doubts it rightly.', 'Analyst'],
  ['Architecture', 'Draws the parts and their edges so that each can change alone.', 'Architect'],
  [
    'Governing information',
    'Keeps what must be kept, and lets the rest go.',
    'Information manager',
  ],
  ['Buying', 'Writes down what is needed so that the right thing is bought.', 'Buyer'],
  [
    'Delivering',
    'Brings a piece of work to its end, and says early when it will not get there.',
    'Delivery manager',
  ],
  ['Writing plainly', 'Writes so that others can act on it.', 'Content designer'],
  ['Working with partners', 'Shares what may be shared, with those who can use it.', 'Manager'],
  ['Leading others', 'Gives direction, feedback and room.', 'Manager'],
];

/** Those that are held or not. */
const held: readonly Skill[] = [
  ['Answering for risk', 'Takes the decision that a risk is borne, and signs it.', 'Chief officer'],
  ['Speaking for the council', 'Speaks where others will hold it to its word.', 'Chief officer'],
];

export const levels = ['aware', 'working', 'practised', 'expert'] as const;

/** Where in the list of skills something stands. */
export const at = { running: 2, securing: 3, data: 4, governing: 6, buying: 7, risk: 12 } as const;

const texts = {
  aware: 'Knows what it is, and whom to ask.',
  working: 'Does it on known ground, with others near.',
  practised: 'Does it alone, and shows others how.',
  expert: 'Says how it is done here, and answers for it.',
} as const;

/** The framework as it is first published. */
export function frameworkBody() {
  return {
    version: 1,
    name: 'Skills in digital public services (invented)',
    levels: levels.map((code) => ({ code, name: `${code[0]?.toUpperCase()}${code.slice(1)}` })),
    staleAfterMonths: 24,
    skills: [
      ...levelled.map((skill, index) => ({
        ...told(skill, index),
        levels: levels.map((level) => ({ level, text: texts[level] })),
      })),
      ...held.map((skill, index) => ({
        ...told(skill, levelled.length + index),
        held: true as const,
      })),
    ],
  };
}

function told([name, description, role]: Skill, index: number) {
  return { name, description, code: `IDS-${index + 1}`, roles: [role] };
}

/**
 * Its second version: working with data became two skills, buying is told with delivering, and one has another name.
 *
 * @param ids of the first version, in order
 * @param minted of what is new
 */
export function secondFramework(ids: readonly string[], minted: readonly [string, string]) {
  const first = frameworkBody();
  const id = (index: number): string => ids[index] ?? '';
  const kept = first.skills.flatMap((skill, index) => {
    if (index === at.data || index === at.buying) return [];
    const name = skill.name === 'Securing' ? 'Securing services' : skill.name;
    return [{ ...skill, name, skill: id(index) }];
  });
  const [reading, engineering] = minted;
  const { code: _, ...data } = first.skills[at.data] as (typeof first.skills)[number];
  return {
    ...first,
    version: 2,
    skills: [
      ...kept,
      { ...data, skill: reading, name: 'Reading data' },
      { ...data, skill: engineering, name: 'Keeping data in order' },
    ],
    mapped: {
      skills: [
        { skill: id(at.data), to: [reading, engineering] },
        { skill: id(at.buying), to: [] },
      ],
    },
  };
}
