import { determineCycle } from '../commands/determine-cycle.ts';
import { digestOfStatement } from '../projections/standing-closing.ts';
import { memberStatement } from '../projections/statement.ts';
import { as } from './act.ts';
import { isAround, type Member, type Stage } from './stage.ts';

/** In February the office closes the year before: what it came to for each member is recorded. */
export function tellOfClosing(stage: Stage): void {
  const first = Number(stage.from.slice(0, 4)) + 1;
  for (let year = first; `${year + 1}-02-20` <= stage.endsOn; year++) {
    const on = `${year + 1}-02-20`;
    for (const member of stage.members) {
      if (member.enters > `${year}-12-31` || !isAround(member, on)) continue;
      stage.plan.add(on, 'noon', member.lane, () => determine(stage, member, String(year), on));
    }
  }
}

async function determine(stage: Stage, member: Member, cycle: string, on: string): Promise<void> {
  const scheme = stage.schemes.general;
  const answer = await memberStatement(stage.ledger.store, member.id, { scheme, cycle, on });
  if (answer === undefined) return;
  const { statement, asOf: index } = answer;
  const { outcome } = statement;
  const { until } = statement.cycle;
  await stage.act.run(determineCycle, {
    subject: member.id,
    who: as('admin', stage.staff.admin),
    body: { scheme, cycle, on, until, outcome, digest: digestOfStatement(statement), index },
  });
}
