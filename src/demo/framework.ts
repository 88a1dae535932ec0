/** A small invented framework of skills in regulatory work. */
const skills: readonly (readonly [string, string])[] = [
  ['Weighing risk', 'Decides what to look at first, and says why.'],
  ['Inspecting', 'Plans and carries out a visit, and leaves the trader knowing what to do.'],
  ['Gathering evidence', 'Secures, records and keeps what may have to be shown in court.'],
  ['Interviewing', 'Asks fairly, under caution where needed, and listens.'],
  ['Sampling and measuring', 'Takes samples and measures that hold.'],
  ['Reading the law', 'Finds the rule that applies and applies it.'],
  ['Writing reports', 'Writes so that others can act on it.'],
  ['Giving advice', 'Helps a business to comply without telling it how to trade.'],
  ['Enforcing', 'Chooses the step that fits, and takes it to its end.'],
  ['Working with partners', 'Shares what may be shared, with those who can use it.'],
  ['Leading others', 'Gives direction, feedback and room.'],
  ['Using data', 'Sees a pattern in records, and doubts it rightly.'],
];

export const levels = ['aware', 'working', 'practised', 'expert'] as const;

/** The framework as it is published. */
export function frameworkBody() {
  return {
    version: 1,
    name: 'Skills of public protection (invented)',
    levels: levels.map((code) => ({ code, name: `${code[0]?.toUpperCase()}${code.slice(1)}` })),
    skills: skills.map(([name, description]) => ({ name, description })),
  };
}
