import { addDays } from '../scheme/civil-date.ts';
import { type Claim, inventClaim, planHandingIn } from './claims.ts';
import { planFile } from './evidence.ts';
import { planFate } from './fates.ts';
import { isPlain, type Member, type Stage, somebody } from './stage.ts';

const mba = [
  'MBA, module 1: Organisations and people',
  'MBA, module 2: Accounting for decisions',
  'MBA, module 3: Strategy in the public sector',
  'MBA, module 4: Operations and service',
  'MBA, module 5: Leading change',
  'MBA, module 6: Management project',
];
const diploma = [
  'Diploma in information security, unit 1: Risk',
  'Diploma in information security, unit 2: Controls',
  'Diploma in information security, unit 3: Incidents',
  'Diploma in information security: awarded',
];

/** Plans long courses of study: a module each term, with the marks as evidence. */
export function tellOfStudy(stage: Stage): void {
  for (const member of stage.members) {
    const random = stage.random.of(`study/${member.lane}`);
    if (!isPlain(member) || member.enters > stage.from || !random.chance(0.025)) continue;
    member.told = true;
    planStudy(stage, member, random.pick([mba, diploma]), random.int(30, 400));
  }
  planStudy(stage, somebody(stage), mba, 45);
  planStudy(stage, somebody(stage), diploma, 130);
}

function planStudy(
  stage: Stage,
  member: Member,
  modules: readonly string[],
  afterDays: number,
): void {
  for (const [index, title] of modules.entries()) {
    const on = addDays(stage.from, afterDays + index * 105);
    if (on > stage.endsOn) return;
    const claim = moduleOf(stage, member, title, on);
    planHandingIn(stage, claim, 'noon');
    planFile(stage, claim);
    planFate(stage, claim, 'approved');
  }
}

function moduleOf(stage: Stage, member: Member, title: string, on: string): Claim {
  const what = title.startsWith('MBA') ? 'mba-module' : 'qualification';
  const random = stage.random.of(`study/${member.lane}/${title}`);
  const claim = inventClaim(stage, member, on, random, ({ kind }) => kind === what, 1);
  for (const line of claim.body.lines) {
    line.title = title;
    line.provider = 'Fernhill School of Management';
  }
  claim.paper = false;
  return claim;
}
