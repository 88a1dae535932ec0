/** A small invented framework of skills in digital work. */
const skills: readonly (readonly [string, string])[] = [
  ['Finding out what users need', 'Asks, watches and tests before anything is built.'],
  ['Designing a service', 'Sees it whole, from the first letter to the last phone call.'],
  ['Keeping things running', 'Plans for failure, and restores what has failed.'],
  ['Securing', 'Knows what is worth protecting, and from whom.'],
  ['Working with data', 'Sees a pattern in records, and doubts it rightly.'],
  ['Architecture', 'Draws the parts and their edges so that each can change alone.'],
  ['Governing information', 'Keeps what must be kept, and lets the rest go.'],
  ['Buying', 'Writes down what is needed so that the right thing is bought.'],
  ['Delivering', 'Brings a piece of work to its end, and says early when it will not get there.'],
  ['Writing plainly', 'Writes so that others can act on it.'],
  ['Working with partners', 'Shares what may be shared, with those who can use it.'],
  ['Leading others', 'Gives direction, feedback and room.'],
];

export const levels = ['aware', 'working', 'practised', 'expert'] as const;

/** The framework as it is published. */
export function frameworkBody() {
  return {
    version: 1,
    name: 'Skills in digital public services (invented)',
    levels: levels.map((code) => ({ code, name: `${code[0]?.toUpperCase()}${code.slice(1)}` })),
    skills: skills.map(([name, description]) => ({ name, description })),
  };
}
