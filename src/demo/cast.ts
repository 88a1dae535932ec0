import { addDays, type CivilDate, daysBetween } from '../scheme/civil-date.ts';
import { callSomebody, postTitle } from './names.ts';
import type { Body } from './organisations.ts';
import type { Random } from './random.ts';
import type { Member } from './stage.ts';

/** Of a hundred members so many work for nobody that the society knows. */
const PRIVATE_OF_100 = 8;

/** How many of so many members have an employer. */
export function employedOf(members: number): number {
  return members - Math.round((members * PRIVATE_OF_100) / 100);
}

/** Invents the members of these bodies, and private ones. Most are there as the demo begins. */
export function inventMembers(
  random: Random,
  options: { bodies: readonly Body[]; members: number; from: CivilDate; endsOn: CivilDate },
  names: Set<string>,
): Member[] {
  const { bodies, members, from, endsOn } = options;
  const posts: (Body | undefined)[] = bodies.flatMap((body) =>
    Array<Body>(body.employs).fill(body),
  );
  while (posts.length < members) posts.push(undefined);
  return random.shuffled(posts).map((body, index) => {
    const called = callSomebody(random, names, body?.domain ?? 'post.example');
    const there = index < 20 || random.chance(0.84);
    const later = addDays(from, random.int(30, daysBetween(from, endsOn) - 10));
    const on = there ? addDays(from, -random.int(200, 6_000)) : later;
    return {
      ...called,
      id: '',
      lane: `member-${index}`,
      number: `M${20_000 + index * 7}`,
      grade: there
        ? random.weighted([
            ['full', 70],
            ['associate', 30],
          ])
        : 'associate',
      on,
      enters: there ? from : later,
      body,
      employmentId: '',
      title: postTitle(random),
      advanced: there && random.chance(0.12),
      busy: 1.5 + random.next() * random.next() * 18,
      away: [],
      told: false,
    };
  });
}
