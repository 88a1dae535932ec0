import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { inventClaim, planHandingIn } from './claims.ts';
import type { Slot } from './clock.ts';
import { planEvidence } from './evidence.ts';
import { planFate } from './fates.ts';
import { planSample } from './sampling.ts';
import { isAround, type Member, type Stage } from './stage.ts';

/** How much is claimed in each month: much before a cycle ends, little in August. */
const season = [1.1, 1, 1.2, 0.9, 0.9, 0.8, 0.7, 0.5, 0.9, 1, 1.3, 1.7];

const slots: readonly (readonly [Slot, number])[] = [
  ['evening', 5],
  ['noon', 3],
  ['morning', 2],
];

/** Plans what every member claims in the years of the demo, and what becomes of it. */
export function planYears(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`years/${member.lane}`);
    for (let month = 0; month <= 36; month++) {
      const first = monthOf(stage.from, month);
      const expected = (member.busy / 12) * (season[Number(first.slice(5, 7)) - 1] as number);
      const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
      for (let index = 0; index < count; index++) {
        const own = random.of(`${month}/${index}`);
        planClaim(stage, member, addDays(first, own.int(0, 27)), own);
      }
    }
  }
}

function planClaim(
  stage: Stage,
  member: Member,
  on: CivilDate,
  random: ReturnType<Stage['random']['of']>,
): void {
  // The first days belong to those who bring in what was before.
  if (on > stage.endsOn || on <= addDays(stage.from, 2) || !isAround(member, on)) return;
  const claim = inventClaim(stage, member, on, random);
  planHandingIn(stage, claim, random.weighted(slots));
  planEvidence(stage, claim);
  planFate(stage, claim);
  planSample(stage, claim);
}

function monthOf(from: CivilDate, months: number): CivilDate {
  const index = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}
