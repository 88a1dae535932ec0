import { changeEntry, delistEntry, listEntry } from '../commands/catalogue.ts';
import { correctRegister, registerAttendance } from '../commands/register-attendance.ts';
import { cancelSession, scheduleSession } from '../commands/session.ts';
import { limits } from '../limits.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import { topics } from './activities.ts';
import { workday } from './clock.ts';
import { at, levels } from './framework.ts';
import { isAround, type Member, type Stage, somebody } from './stage.ts';

/** A run of something on offer: its id once it is dated. */
interface Run {
  id: string;
  on: CivilDate;
  attending: Member[];
}

interface Offer {
  id: string;
  title: string;
  minutes: number;
}

/** Members of a hundred who come to the spring seminar. */
const SEMINAR_OF_100 = 38;

/** What is on offer in the regions, and the skill that it builds, by its place in the framework. */
const regional = new Map([
  ['Cyber exercise: the first day', at.securing],
  ['Data standards in practice', at.data],
  ['Working with suppliers', at.buying],
  ['Service design jam', undefined],
  ['Map and address day', at.data],
  ['Information rights update', at.governing],
  ['Leading a small team', undefined],
  ['Cloud for councils', at.running],
]);

/** Plans the catalogue, the spring seminar of each year and the regional sessions, with their registers. */
export function planSessions(stage: Stage): void {
  const spring = offer(stage, 'Spring seminar', 300);
  for (const year of yearsOf(stage)) {
    const on = `${year}-04-${String(stage.random.of(`spring/${year}`).int(15, 24))}`;
    planRun(stage, spring, on, SEMINAR_OF_100 / 100, year);
  }
  const offers = [...regional.keys()].map((title) => offer(stage, title, 120));
  planComing(stage, offers);
  const runs = Math.max(3, Math.round(14 * stage.scale));
  for (const year of yearsOf(stage)) {
    for (let index = 0; index < runs; index++) {
      const random = stage.random.of(`regional/${year}/${index}`);
      const on = addDays(`${year}-01-10`, random.int(0, 340));
      planRun(stage, random.pick(offers), on, 0.012, `${year}/${index}`);
    }
  }
}

/** Plans that some runs are dated that are to come after the demo ends. */
function planComing(stage: Stage, offers: readonly Offer[]): void {
  const building = offers.filter(({ title }) => regional.get(title) !== undefined);
  for (const [index, offered] of building.entries()) {
    planScheduling(stage, offered, workday(addDays(stage.endsOn, 6 + 2 * index)), []);
  }
}

function yearsOf(stage: Stage): string[] {
  const first = Number(stage.from.slice(0, 4));
  return [0, 1, 2, 3].map((years) => String(first + years));
}

/** Plans that something is put on offer as the demo begins. */
function offer(stage: Stage, title: string, minutes: number): Offer {
  const made: Offer = { id: '', title, minutes };
  stage.plan.add(addDays(stage.from, 1), 'early', `offer-${title}`, async () => {
    const who = as('admin', stage.staff.admin);
    const body = entryOf(stage, title, minutes);
    made.id = (await stage.act.begin(listEntry, { who, body })).subject;
  });
  return made;
}

function entryOf(stage: Stage, title: string, minutes: number) {
  const random = stage.random.of(`offer/${title}`);
  const built = stage.skills[regional.get(title) ?? -1];
  const skills = built === undefined ? [] : [{ ...built, level: levels[1] }];
  return { title, kind: 'seminar', minutes, topics: [random.pick(topics)], skills };
}

/** Plans a run and its register; nothing, where its day is not in the demo. */
function planRun(stage: Stage, offered: Offer, day: CivilDate, share: number, label: string): void {
  const on = workday(day);
  if (on <= addDays(stage.from, 30) || on >= addDays(stage.endsOn, -2)) return;
  const random = stage.random.of(`run/${offered.title}/${label}`);
  const there = stage.members.filter((member) => isAround(member, on) && random.chance(share));
  if (there.length === 0) return;
  const run = planScheduling(stage, offered, on, there);
  const rows = run.attending.map((member) => ({
    member,
    minutes: random.chance(0.9) ? offered.minutes : Math.round(offered.minutes / 2),
    role: random.chance(0.03) ? 'speaker' : 'participant',
  }));
  planRegister(stage, run, rows, () => as('admin', stage.staff.admin));
}

/** Plans that a run is dated, three weeks before. */
function planScheduling(stage: Stage, offered: Offer, on: CivilDate, attending: Member[]): Run {
  const run: Run = { id: '', on, attending };
  stage.plan.add(addDays(on, -21), 'early', `run-${offered.title}`, async () => {
    const body = { entry: offered.id, from: on };
    const who = as('admin', stage.staff.admin);
    run.id = (await stage.act.begin(scheduleSession, { who, body })).subject;
  });
  return run;
}

interface Row {
  member: Member;
  minutes: number;
  role: string;
}

/** Plans that a register is recorded as the day ends. */
function planRegister(stage: Stage, run: Run, rows: readonly Row[], who: () => Who): void {
  const { plan, ledger, act } = stage;
  for (let start = 0; start < rows.length; start += limits.attendanceEntries) {
    const chunk = rows.slice(start, start + limits.attendanceEntries);
    plan.add(run.on, 'late', 'registers', async () => {
      const body = { entries: chunk.map(entry) };
      const asked = { subject: run.id, raw: body, body, ...act.ask(who()) };
      refusedNone(await registerAttendance(ledger, asked));
    });
  }
}

/** Plans that rows of a register are corrected some days later. */
function planCorrection(stage: Stage, run: Run, on: CivilDate, rows: readonly Row[]): void {
  const { plan, ledger, act, staff } = stage;
  plan.add(workday(on), 'late', 'registers', async () => {
    const body = { entries: rows.map(entry) };
    const asked = { subject: run.id, raw: body, body, ...act.ask(as('admin', staff.admin)) };
    refusedNone(await correctRegister(ledger, asked));
  });
}

/** Plans what else becomes of a catalogue: an entry stated anew, one off the list, a run called off. */
export function planCatalogueStories(stage: Stage): void {
  const { plan, act, from, staff } = stage;
  const who = () => as('admin', staff.admin);
  const changed = offer(stage, 'Paperless offices', 90);
  plan.add(addDays(from, 200), 'early', 'catalogue', async () => {
    const body = entryOf(stage, 'Paperless offices, second edition', 120);
    await act.run(changeEntry, { subject: changed.id, who: who(), body });
  });
  plan.add(addDays(from, 700), 'early', 'catalogue', () =>
    act.run(delistEntry, { subject: changed.id, who: who(), body: {} }),
  );
  planWrongRegister(stage);
  const off = planScheduling(stage, changed, addDays(from, 330), []);
  plan.add(addDays(from, 320), 'early', 'catalogue', () =>
    act.run(cancelSession, { subject: off.id, who: who(), body: {} }),
  );
}

/** Two signed for each other: one was not there, and one left at noon. */
function planWrongRegister(stage: Stage): void {
  const offered = offer(stage, 'Archives and records day', 240);
  const attending = [somebody(stage), somebody(stage), somebody(stage)];
  const run = planScheduling(stage, offered, workday(addDays(stage.from, 190)), attending);
  const row = (member: Member, minutes: number): Row => ({ member, minutes, role: 'participant' });
  const who = () => as('admin', stage.staff.admin);
  planRegister(
    stage,
    run,
    attending.map((member) => row(member, 240)),
    who,
  );
  const wrong = attending.slice(1).map((member, index) => row(member, index * 120));
  planCorrection(stage, run, addDays(run.on, 6), wrong);
}

function entry({ member, minutes, role }: Row) {
  return { person: member.id, minutes, role };
}

function refusedNone({ rows }: { rows: { refused: string | undefined }[] }): void {
  const refused = rows.find((row) => row.refused !== undefined);
  if (refused !== undefined) throw new Error(`a row of a register was refused: ${refused.refused}`);
}
