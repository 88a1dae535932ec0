import { ADMIN } from './past.ts';
import { type DataOf, fact, idOf, type Told } from './specification.ts';

/** A small framework for specifications: two levels, two skills that have them, and one that is held or not. */
export const FRAMEWORK = idOf('framework');
export const [DATA, LAW, CHAIRING] = [idOf('data'), idOf('law'), idOf('chairing')];

export const levels = [
  { code: 'novice', name: 'Novice' },
  { code: 'expert', name: 'Expert' },
];

const skills: DataOf<'FrameworkSkillsListed'>['skills'] = [
  { skill: DATA, name: 'Data' },
  { skill: LAW, name: 'Law' },
  { skill: CHAIRING, name: 'Chairing', held: true },
];

/** A version of it, whole; by default the first. */
export function framed(version = 1, listed = skills, of = levels): Told[] {
  const published = {
    version,
    name: 'Invented skills',
    levels: of,
    skills: listed.length,
    parts: 1,
  };
  const told = { of: FRAMEWORK, by: ADMIN };
  return [
    fact('FrameworkPublished', published, told),
    fact('FrameworkSkillsListed', { version, part: 1, skills: listed }, told),
  ];
}

export const inVersion = (version: number, skill = DATA) => ({
  framework: { id: FRAMEWORK, version },
  skill,
});
