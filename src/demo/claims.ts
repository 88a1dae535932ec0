import { amendClaim, claimActivity } from '../commands/claim.ts';
import { newIdOf } from '../events/ids.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as } from './act.ts';
import { drawActivity, topics } from './activities.ts';
import type { Activity } from './activity.ts';
import type { Slot } from './clock.ts';
import type { Random } from './random.ts';
import { drawReflection } from './reflections.ts';
import { rulesFrom } from './society.ts';
import type { Member, Stage } from './stage.ts';

/** A claim of the demo: planned, and with its ids once it is made. */
export interface Claim {
  member: Member;
  random: Random;
  id: string;
  /** The rule's approval, where all or part of it counts on recording. */
  approval: string;
  lines: { lineId: string; activity: Activity; amount: number }[];
  /** What the member hands in. */
  body: { lines: LineBody[] };
  on: CivilDate;
  /** On paper: the office enters it some days later. */
  paper: boolean;
}

type LineBody = ReturnType<typeof lineOf>;

/** How many lines a claim has. */
const lineCounts: readonly (readonly [number, number])[] = [
  [1, 84],
  [2, 12],
  [3, 4],
];

/** Invents what a member claims on a day; `fits` narrows what it may be, `given` says how many lines. */
export function inventClaim(
  stage: Stage,
  member: Member,
  on: CivilDate,
  random: Random,
  fits: (activity: Activity) => boolean = () => true,
  given?: number,
): Claim {
  const drawn = random.weighted(lineCounts);
  const count = given ?? drawn;
  const activities = Array.from({ length: count }, () => drawFitting(random, fits));
  const lines = activities.map((activity) => ({
    lineId: '',
    activity,
    amount: random.pick(activity.amounts),
  }));
  const body = { lines: lines.map((line) => lineOf(stage, member, on, line, random)) };
  return { member, random, id: '', approval: '', lines, body, on, paper: random.chance(0.01) };
}

/** Plans that a claim is handed in. */
export function planHandingIn(stage: Stage, claim: Claim, slot: Slot): void {
  const { member, on, paper } = claim;
  stage.plan.add(on, slot, member.lane, async () => {
    const who = paper ? as('admin', stage.staff.admin) : as('member', member);
    const handedIn = { on: addDays(on, -3), source: 'paper' as const };
    const more = paper ? { submittedOn: handedIn } : {};
    const doing = { subject: member.id, who, body: claim.body, more };
    const answer = await stage.act.run(claimActivity, doing);
    claim.id = newIdOf(answer.commandId, 'claim');
    claim.approval = answer.events.find(({ type }) => type === 'ClaimApproved')?.id ?? '';
    named(claim, answer.commandId);
  });
}

/** Plans that a member states a claim anew, with a reflection on every line. */
export function planAmending(stage: Stage, claim: Claim, on: CivilDate): void {
  const { member, random } = claim;
  const lines = claim.body.lines.map((line) => ({ ...line, reflection: drawReflection(random) }));
  stage.plan.add(on, 'evening', member.lane, async () => {
    const answer = await stage.act.run(amendClaim, {
      subject: member.id,
      who: as('member', member),
      path: { claim: claim.id },
      body: { lines },
    });
    named(claim, answer.commandId);
  });
}

function named(claim: Claim, commandId: string): void {
  for (const [index, line] of claim.lines.entries()) {
    line.lineId = newIdOf(commandId, `line/${index}`);
  }
}

function drawFitting(random: Random, fits: (activity: Activity) => boolean): Activity {
  for (;;) {
    const activity = drawActivity(random);
    if (fits(activity)) return activity;
  }
}

function lineOf(
  stage: Stage,
  member: Member,
  on: CivilDate,
  { activity, amount }: Claim['lines'][number],
  random: Random,
) {
  const { kind, measure, titles, providers, days, levels } = activity;
  const first = [member.on, rulesFrom(stage.from)].sort()[1] as CivilDate;
  const done = addDays(on, -random.int(0, 24));
  const last = done < first ? first : done;
  const provider = providers.length === 0 ? undefined : random.pick(providers);
  const delivery = random.chance(kind === 'seminar' ? 0.7 : 0.2) ? 'online' : undefined;
  const attributes = {
    ...(delivery === undefined ? {} : { delivery }),
    ...(levels === undefined ? {} : { level: random.pick(levels) }),
  };
  const reflection = random.chance(0.3) ? drawReflection(random) : undefined;
  return {
    kind,
    quantity: { amount, unit: measure },
    from: addDays(last, -random.int(0, days - 1)),
    until: addDays(last, 1),
    title: random.pick(titles),
    ...(provider === undefined ? {} : { provider }),
    ...(reflection === undefined ? {} : { reflection }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    topics: [random.pick(topics)],
  };
}
