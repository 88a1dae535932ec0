import { at, type levels } from './framework.ts';
import type { Skill, Stage } from './stage.ts';

/** One way to meet a need: people at a level, seen lately enough where that is asked. */
function people(
  skill: Skill,
  level: (typeof levels)[number] | 'held',
  count: number,
  currentMonths?: number,
) {
  return {
    ...skill,
    level,
    people: count,
    ...(currentMonths === undefined ? {} : { currentMonths }),
  };
}

/** What a council needs to run its own services safely; later with an eye on data, and seen more lately. */
export function safeServices(stage: Stage, version: 1 | 2) {
  const known = skillsOf(stage);
  const months = version === 1 ? undefined : 18;
  return {
    version,
    name: 'Running services safely',
    types: ['district', 'unitary', 'borough', 'county', 'metropolitan'],
    needs: [
      {
        need: 'running',
        name: 'Somebody restores what has failed',
        anyOf: [people(known.running, 'working', 1, months)],
      },
      {
        need: 'securing',
        name: 'Somebody knows what to protect',
        anyOf: [
          people(known.securing, 'practised', 1, months),
          people(known.securing, 'working', 2),
        ],
      },
      ...(version === 1
        ? []
        : [
            {
              need: 'data',
              name: 'Somebody reads what is measured',
              anyOf: [people(known.data, 'working', 1, months)],
            },
          ]),
    ],
  };
}

/** What a body needs to give out its data. */
export function openData(stage: Stage) {
  const known = skillsOf(stage);
  return {
    version: 1,
    name: 'Opening data to all',
    needs: [
      {
        need: 'data',
        name: 'Somebody doubts figures rightly',
        anyOf: [people(known.data, 'practised', 1), people(known.governing, 'practised', 1)],
      },
      {
        need: 'risk',
        name: 'Somebody answers for it',
        anyOf: [people(known.risk, 'held', 1)],
      },
    ],
  };
}

/** What somebody once thought every body needs, whatever the level; nobody asks for it any more. */
export function buyingWell(stage: Stage) {
  const { buying } = skillsOf(stage);
  return {
    version: 1,
    name: 'Buying well',
    needs: [{ need: 'buying', name: 'Somebody buys', anyOf: [people(buying, 'held', 1)] }],
  };
}

function skillsOf({ skills }: Stage): Record<keyof typeof at, Skill> {
  const named = Object.entries(at).map(([name, index]) => [name, skills[index]]);
  return Object.fromEntries(named);
}
