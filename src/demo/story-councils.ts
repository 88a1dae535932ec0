import { endEmployment, startEmployment } from '../commands/employment.ts';
import {
  changeIdentifiers,
  changeOrganisation,
  endOrganisation,
  succeedOrganisation,
} from '../commands/organisation.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { workday } from './clock.ts';
import { type Body, placeName } from './organisations.ts';
import { enterBody } from './society.ts';
import type { Member, Stage } from './stage.ts';

/** Plans what becomes of councils: one is split, two merge, one ends, one takes another name and code. */
export function tellOfCouncils(stage: Stage): void {
  const split = firstOfApril(addDays(stage.from, 60));
  planSplit(stage, split);
  planMerger(stage, firstOfApril(addDays(split, 90)));
  planEnd(stage);
  planRenaming(stage);
}

/** A body of which nothing is told yet, and whose people stay as they are told of here. */
function someBody(stage: Stage, fits: (body: Body) => boolean): Body {
  const found = stage.bodies.find((body) => !body.told && fits(body));
  if (found === undefined) throw new Error('the society has too few bodies for its stories');
  found.told = true;
  for (const member of stage.members) if (member.body === found) member.told = true;
  return found;
}

const middling = ({ employs, type }: Body): boolean =>
  employs >= 4 && employs <= 12 && type !== 'combined-authority' && type !== 'shared-service';

/** Two councils become one: their people go with them. */
function planMerger(stage: Stage, day: CivilDate): void {
  const olds = [someBody(stage, middling), someBody(stage, middling)];
  const [merged] = shadowAuthorities(stage, olds[0] as Body, 1, day);
  const recorded = workday(day);
  for (const old of olds) {
    planSuccession(stage, old, [merged as Body], 'merger', day);
    for (const member of peopleOf(stage, old, merged as Body, recorded)) {
      stage.plan.add(recorded, 'morning', member.lane, async () => {
        await leave(stage, member, day);
        await say(stage, member, merged as Body, day, as('admin', stage.staff.admin));
      });
    }
  }
}

/** One council becomes two: its people are of neither until they say, and one has not yet. */
function planSplit(stage: Stage, day: CivilDate): void {
  const old = someBody(stage, middling);
  const news = shadowAuthorities(stage, old, 2, day);
  planSuccession(stage, old, news, 'split', day);
  const recorded = workday(day);
  const random = stage.random.of('split');
  for (const [index, member] of peopleOf(stage, old, random.pick(news), recorded).entries()) {
    stage.plan.add(recorded, 'morning', member.lane, () => leave(stage, member, day));
    if (index === 0) continue;
    const at = random.pick(news);
    stage.plan.add(addDays(recorded, random.int(2, 40)), 'evening', member.lane, () =>
      say(stage, member, at, day, as('member', member)),
    );
  }
}

/** A partnership is wound up: nobody takes its place. */
function planEnd(stage: Stage): void {
  const ending = someBody(stage, ({ employs }) => employs === 0);
  const day = workday(addDays(stage.from, 470));
  planOffice(stage, day, async (at) => {
    await stage.act.run(endOrganisation, { ...at(ending), body: { until: day } });
  });
}

/** A council takes another name, and its code in the register changes with it. */
function planRenaming(stage: Stage): void {
  const body = someBody(stage, ({ employs }) => employs > 0);
  const day = firstOfApril(addDays(stage.from, 30));
  const { type, region, nation, code, from } = body;
  const name = `${placeName(stage.random.of('renaming'), stage.places)} and District Council`;
  planOffice(stage, workday(day), async (at) => {
    const details = { name, type, region, nation, effectiveOn: day };
    await stage.act.run(changeOrganisation, { ...at(body), body: details });
    const identifiers = [
      { register: 'invented', code, from, until: day },
      { register: 'invented', code: `${code}A`, from: day },
    ];
    await stage.act.run(changeIdentifiers, { ...at(body), body: { identifiers } });
  });
}

function planSuccession(
  stage: Stage,
  old: Body,
  news: readonly Body[],
  kind: 'merger' | 'split',
  effectiveOn: CivilDate,
): void {
  planOffice(stage, workday(effectiveOn), async (at) => {
    const body = { successors: news.map(({ id }) => id), kind, effectiveOn };
    await stage.act.run(succeedOrganisation, { ...at(old), body });
  });
}

function planOffice(
  stage: Stage,
  day: CivilDate,
  run: (at: (body: Body) => { subject: string; who: ReturnType<typeof as> }) => Promise<unknown>,
): void {
  const at = ({ id }: Body) => ({ subject: id, who: as('admin', stage.staff.admin) });
  stage.plan.add(day, 'office', 'office', () => run(at));
}

/** Councils that are to be, entered two months before their first day. */
function shadowAuthorities(stage: Stage, like: Body, count: number, from: CivilDate): Body[] {
  return Array.from({ length: count }, (_, index) => {
    const place = placeName(stage.random.of(`${like.code}/${index}`), stage.places);
    const made: Body = {
      ...like,
      id: '',
      name: `${place} Council`,
      domain: `${place.toLowerCase().replace(/[^a-z]/g, '')}.example`,
      type: 'unitary',
      from,
      code: `${like.code}N${index + 1}`,
      employs: 0,
      told: true,
    };
    stage.bodies.push(made);
    const early = workday(addDays(from, -60));
    const day = early < stage.from ? stage.from : early;
    stage.plan.add(day, 'noon', 'bodies', () =>
      enterBody(stage, made, as('admin', stage.staff.admin)),
    );
    return made;
  });
}

/** Those who are to move as a body ends; who enters only later enters at its successor. */
function peopleOf(stage: Stage, old: Body, successor: Body, recorded: CivilDate): Member[] {
  const there = stage.members.filter(({ body }) => body === old);
  for (const member of there) if (member.enters >= recorded) member.body = successor;
  return there.filter(({ enters }) => enters < recorded);
}

async function leave(stage: Stage, member: Member, until: CivilDate): Promise<void> {
  await stage.act.run(endEmployment, {
    subject: member.id,
    who: as('admin', stage.staff.admin),
    path: { employment: member.employmentId },
    body: { until },
  });
}

async function say(
  stage: Stage,
  member: Member,
  at: Body,
  from: CivilDate,
  who: ReturnType<typeof as>,
): Promise<void> {
  const body = { organisation: at.id, from, jobTitle: member.title };
  const started = await stage.act.run(startEmployment, { subject: member.id, who, body });
  member.employmentId = newIdOf(started.commandId, 'employment');
}

/** The first of April, on which councils change, not before a day. */
function firstOfApril(day: CivilDate): CivilDate {
  const year = Number(day.slice(0, 4));
  return day <= `${year}-04-01` ? `${year}-04-01` : `${year + 1}-04-01`;
}
