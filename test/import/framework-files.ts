import type { FrameworkReport } from '../../src/import/framework.ts';
import type { ImportingSociety } from '../support/importing.ts';
import type { DataOf } from '../support/specification.ts';

/** What an import of a framework printed. */
export type Report = FrameworkReport & { failed: string | undefined };
export type Skill = DataOf<'FrameworkSkillsListed'>['skills'][number];

const NAME = ['--name', 'Invented skills'];
export const first = `Skill name,Description,Working level,Expert,Roles,Colour
Maps,"Reads maps.
Draws them.","You can:
- read one","You can:
- draw one","Surveyor, Planner",red
Maps (surveyor),Measures.,,Draws from measuring.,Surveyor,red
Chairing an inquiry,,,,Chief officer,blue
`;

/** Imports a file under the framework’s name. */
export const publish = async (society: ImportingSociety, file: string, ...options: string[]) =>
  (await society.import('framework', file, ...NAME, ...options)) as unknown as Report;

/** The skills of each version that was published, by name. */
export async function versions(society: ImportingSociety): Promise<Map<string, Skill>[]> {
  const found: Map<string, Skill>[] = [];
  for (const { type, data } of await society.facts()) {
    if (type === 'FrameworkPublished') found.push(new Map());
    if (type !== 'FrameworkSkillsListed') continue;
    for (const skill of data.skills) found.at(-1)?.set(skill.name, skill);
  }
  return found;
}
