import { declareCapability, withdrawCapability } from '../commands/capability.ts';
import { publishFramework } from '../commands/framework.ts';
import { publishProfile, retireProfile } from '../commands/profile.ts';
import { creditSkill, reassessSkill } from '../commands/skill.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import { workday } from './clock.ts';
import { at, levels, secondFramework } from './framework.ts';
import type { Body } from './organisations.ts';
import { buyingWell, openData, safeServices } from './profiles.ts';
import { isPlain, type Member, type Stage } from './stage.ts';
import { tellOfPublication } from './story-publication.ts';
import { demoPeople } from './story-sharing.ts';
import { speaksOfSkills } from './story-skills.ts';

/** Plans what councils need, what was found of what they can do, and what they say of it themselves. */
export function tellOfCapability(stage: Stage): void {
  planFramework(stage);
  planProfiles(stage);
  tellOfPublication(stage);
  planAssessments(stage);
  planDeclarations(stage);
}

/** In the office, in the order of planning, so many days after the demo begins. */
function planOffice(stage: Stage, days: number, run: (who: Who) => Promise<unknown>): void {
  const day = workday(addDays(stage.from, days));
  stage.plan.add(day, 'office', 'capability', () => run(as('admin', stage.staff.admin)));
}

/** Some skills of the framework are others from its second version on; what was credited before stays as it was. */
function planFramework(stage: Stage): void {
  planOffice(stage, 760, async (who) => {
    const ids = stage.skills.map(({ skill }) => skill);
    const id = stage.skills[0]?.framework.id ?? '';
    const minted = [newIdOf(id, 'reading'), newIdOf(id, 'engineering')] as const;
    const body = secondFramework(ids, [...minted]);
    await stage.act.run(publishFramework, { subject: id, who, body });
    stage.skills = stage.skills.map((skill, index) => {
      if (index === at.buying) return skill;
      const now = index === at.data ? minted[0] : skill.skill;
      return { framework: { id, version: 2 }, skill: now };
    });
  });
}

function planProfiles(stage: Stage): void {
  const { act } = stage;
  let safe = '';
  let buying = '';
  planOffice(stage, 120, async (who) => {
    safe = (await act.begin(publishProfile, { who, body: safeServices(stage, 1) })).subject;
    await act.begin(publishProfile, { who, body: openData(stage) });
    buying = (await act.begin(publishProfile, { who, body: buyingWell(stage) })).subject;
  });
  planOffice(stage, 790, async (who) => {
    await act.run(publishProfile, { subject: safe, who, body: safeServices(stage, 2) });
    await act.run(retireProfile, { subject: buying, who, body: {} });
  });
}

const ASSESSED: readonly number[] = [at.running, at.securing, at.data, at.governing];

/**
 * Plans two rounds in which managers say what their people can do: in two bodies of three, and two years later in
 * every other one. Of the rest nothing is known, and what was found first has gone stale where nobody looked again.
 */
function planAssessments(stage: Stage): void {
  for (const [index, body] of stage.bodies.entries()) {
    const people = stage.members.filter(
      (member) =>
        member.body === body &&
        member.enters === stage.from &&
        isPlain(member) &&
        !speaksOfSkills(stage, member),
    );
    for (const member of people) {
      const credits = new Map<number, string>();
      if (index % 3 !== 2) planRound(stage, member, { round: 1, days: 210, credits });
      if (index % 2 === 0) planRound(stage, member, { round: 2, days: 900, credits });
    }
  }
}

interface Round {
  round: number;
  days: number;
  /** By the place of the skill. */
  credits: Map<number, string>;
}

function planRound(stage: Stage, member: Member, { round, days, credits }: Round): void {
  const random = stage.random.of(`capability/${round}/${member.lane}`);
  const day = workday(addDays(stage.from, days + random.int(0, 60)));
  const findings = ASSESSED.filter(() => random.chance(0.45)).map((skill) => ({
    skill,
    level: levels[random.int(0, 3)] as string,
  }));
  if (random.chance(0.12)) findings.push({ skill: at.risk, level: 'held' });
  const source = random.chance(0.2) ? ('external' as const) : ('manager' as const);
  for (const { skill, level } of findings) {
    stage.plan.add(day, 'afternoon', member.lane, async () => {
      const observed = { level, source, observedOn: day };
      const asked = { subject: member.id, who: as('admin', stage.staff.admin) };
      const credit = credits.get(skill);
      if (credit !== undefined) {
        await stage.act.run(reassessSkill, { ...asked, path: { credit }, body: observed });
        return;
      }
      const body = { ...known(stage, skill), ...observed };
      const { commandId } = await stage.act.run(creditSkill, { ...asked, body });
      credits.set(skill, newIdOf(commandId, 'credit'));
    });
  }
}

/** Plans what bodies say of themselves: the demo's own, by who speaks for it, and some by the office. */
function planDeclarations(stage: Stage): void {
  const own = demoPeople(stage).member.body as Body;
  const others = stage.bodies.filter((body) => !body.told && body !== own);
  const some = others.filter((_, index) => index % 9 === 4);
  for (const [index, body] of [own, ...some].entries()) {
    const random = stage.random.of(`declares/${body.code}`);
    const { contact, admin } = stage.staff;
    const who = (): Who =>
      body === own ? as('organisation-contact', contact) : as('admin', admin);
    const of = random.int(30, 400);
    const declare = (day: CivilDate, headcount: number) => async (): Promise<string> => {
      const said = { ...known(stage, at.securing), level: levels[1], headcount, of, asOf: day };
      const answer = await stage.act.run(declareCapability, {
        subject: body.id,
        who: who(),
        body: said,
      });
      return newIdOf(answer.commandId, 'declaration');
    };
    const first = workday(addDays(stage.from, 280 + index));
    const again = workday(addDays(stage.from, 660 + index));
    let declaration = '';
    stage.plan.add(first, 'late', body.code, async () => {
      declaration = await declare(first, random.int(0, 6))();
    });
    if (index % 3 === 0) stage.plan.add(again, 'late', body.code, declare(again, 7));
    if (index !== 1) continue;
    // It was of another council: it never held.
    stage.plan.add(again, 'late', body.code, () =>
      stage.act.run(withdrawCapability, {
        subject: body.id,
        who: who(),
        path: { declaration },
        body: { until: first },
      }),
    );
  }
}

function known(stage: Stage, index: number) {
  const skill = stage.skills[index];
  if (skill === undefined) throw new RangeError(`the framework has no skill ${index}`);
  return skill;
}
