import type { AnyNewFact } from '../../src/events/registry.ts';
import { idOf } from './chronicle.ts';
import { byAdmin } from './history-told.ts';
import { dayOf, days, framework, levels, skills, type Told } from './skill-histories.ts';

export const bodies = Array.from({ length: 6 }, (_, n) => idOf(`body ${n}`));
const regions = ['north', 'south'];
const types = ['district', 'county'];

/** Six bodies; the last two are there from 2024 on. */
export function tellOfBodies(told: Told): void {
  for (const [n, body] of bodies.entries()) {
    const from = n < 4 ? '2000-01-01' : '2024-01-01';
    const place = { region: regions[n % 2] as string, nation: 'england' };
    const data = { name: `Body ${n}`, type: types[n % 3 === 0 ? 0 : 1] as string, ...place };
    say(told, body, { type: 'OrganisationRegistered', data: { ...data, from, identifiers: [] } });
  }
}

/** Changes a body, merges it into another, splits it in two, or ends it. */
export function reorganise(told: Told): void {
  const n = told.pick(bodies.length);
  const body = bodies[n] as string;
  const others = [1, 2].map((more) => bodies[(n + more) % bodies.length] as string);
  const effectiveOn = dayOf(told);
  const facts: AnyNewFact[] = [
    {
      type: 'OrganisationDetailsChanged',
      data: { name: `Body ${n} anew`, type: 'county', region: 'south', effectiveOn },
    },
    {
      type: 'OrganisationSucceeded',
      data: { successors: others.slice(0, 1), kind: 'merger', effectiveOn },
    },
    { type: 'OrganisationSucceeded', data: { successors: others, kind: 'split', effectiveOn } },
    { type: 'OrganisationEnded', data: { until: effectiveOn } },
  ];
  say(told, body, facts[told.pick(facts.length)] as AnyNewFact);
}

function say({ said }: Told, body: string, fact: AnyNewFact): void {
  said.say(`organisation-${body}`, [fact], byAdmin);
}

/** Publishes the next version: the first skill becomes the second and third, the levels are called anew. */
export function publish(told: Told): void {
  if (told.versions >= 3) return;
  told.versions += 1;
  const version = told.versions;
  const named = skills
    .map((skill, n) => ({ skill, name: `Skill ${n}`, ...(n === 3 ? { held: true as const } : {}) }))
    .filter((_, n) => version === 1 || n > 0);
  const facts: AnyNewFact[] = [
    {
      type: 'FrameworkPublished',
      data: {
        version,
        name: 'Skills',
        levels: levels.map((code) => ({ code, name: code })),
        skills: named.length,
        parts: 1,
        effectiveFrom: days[version] as string,
        ...(version === 2 ? {} : { staleAfterMonths: 12 }),
      },
    },
    { type: 'FrameworkSkillsListed', data: { version, part: 1, skills: named } },
  ];
  if (version === 2) {
    const [gone = '', ...to] = skills.slice(0, 3);
    const mappings = [{ skill: gone, to }];
    facts.push({ type: 'FrameworkMapped', data: { version, part: 1, parts: 1, mappings } });
  }
  told.said.say(`framework-${framework}`, facts, byAdmin);
}
