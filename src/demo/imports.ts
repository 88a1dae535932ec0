import { importDecidedClaim } from '../commands/import-claim.ts';
import { bringInPoints } from '../commands/points.ts';
import { addDays, daysBetween } from '../scheme/civil-date.ts';
import { system } from './act.ts';
import { inventClaim } from './claims.ts';
import { rulesFrom } from './society.ts';
import type { Member, Stage } from './stage.ts';

/** Branches whose secretaries decided before this ledger was. */
const deciders = ['North branch secretary', 'South branch secretary', 'Membership committee'];

/**
 * Plans the year that members bring with them from the old system: claims decided there, and for those of whom
 * only a sum is known an opening balance.
 */
export function planImports(stage: Stage): void {
  for (const member of stage.members) {
    if (member.enters !== stage.from) continue;
    const random = stage.random.of(`import/${member.lane}`);
    if (random.chance(0.22)) planBalance(stage, member, random.int(4, 30) * 50);
    else if (random.chance(0.85)) planDecided(stage, member);
  }
}

/** Plans that an opening balance of the year before is brought in. */
function planBalance(stage: Stage, member: Member, points: number): void {
  const year = Number(stage.from.slice(0, 4)) - 1;
  const lapsing = points > 1_000 ? { lapsesOn: `${year + 2}-01-01` } : {};
  stage.plan.add(addDays(stage.from, 1), 'noon', member.lane, () =>
    stage.act.run(bringInPoints, {
      subject: member.id,
      who: system('import'),
      body: {
        scheme: stage.schemes.general,
        cycle: String(year),
        category: 'structured',
        points,
        ...lapsing,
      },
    }),
  );
}

function planDecided(stage: Stage, member: Member): void {
  const random = stage.random.of(`decided/${member.lane}`);
  const first = [rulesFrom(stage.from), addDays(member.on, 30)].sort()[1] as string;
  const span = daysBetween(first, stage.from) - 45;
  if (span < 1) return;
  const count = random.int(1, 5);
  for (let index = 0; index < count; index++) {
    const own = random.of(String(index));
    const claimed = addDays(first, own.int(25, span + 24));
    const { body } = inventClaim(stage, member, claimed, own);
    const decided = {
      on: addDays(claimed, own.int(1, 20)),
      says: `Approved: ${own.pick(deciders)}`,
    };
    stage.plan.add(addDays(stage.from, 1), 'noon', member.lane, () =>
      stage.act.run(importDecidedClaim, {
        subject: member.id,
        who: system('import'),
        body: { claim: body, decided },
      }),
    );
  }
}
