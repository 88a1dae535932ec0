import type { CivilDate } from '../scheme/civil-date.ts';
import { actOn } from './act.ts';
import { employedOf, inventMembers } from './cast.ts';
import { demoClock, demoFrom } from './clock.ts';
import { planImports } from './imports.ts';
import { callSomebody } from './names.ts';
import { inventBodies } from './organisations.ts';
import { planOf } from './plan.ts';
import { randomOf } from './random.ts';
import { planCatalogueStories, planSessions } from './sessions.ts';
import { chooseAssessors, planAssessors, planMembers, planSociety } from './society.ts';
import type { DemoLedger, Person, Stage } from './stage.ts';
import { planYears } from './years.ts';

/** What a demo is to be like. */
export interface DemoOptions {
  seed: string;
  /** The last day, in the ledger's zone: today at the latest. */
  endsOn: CivilDate;
  /** Of the whole society, 1: 250 bodies and 1,200 members. At least some 60 members are made. */
  scale?: number;
  /** How many of the planned actions are done. */
  onProgress?: (done: number, of: number) => void;
}

/** What was made, and who signs in. */
export interface DemoReport {
  facts: number;
  members: number;
  organisations: number;
  from: CivilDate;
  endsOn: CivilDate;
  /** Subjects of the local issuer, with the person for whom each speaks. */
  signIns: Record<string, string>;
}

/**
 * Makes the demo society through the ledger's own commands, three years up to `endsOn`. The same seed makes the
 * same society but for ids, keys, ivs and salts. The ledger was opened for a demo at `demoBegins(endsOn)`.
 */
export async function makeDemo(given: DemoLedger, options: DemoOptions): Promise<DemoReport> {
  const { seed, endsOn, onProgress = () => undefined } = options;
  const clock = demoClock(endsOn);
  const ledger = { ...given, now: clock.now };
  const stage = stageOf(ledger, seed, endsOn, options.scale ?? 1);
  chooseAssessors(stage);
  planSociety(stage);
  planMembers(stage);
  planAssessors(stage);
  planImports(stage);
  planSessions(stage);
  planCatalogueStories(stage);
  planYears(stage);
  await stage.plan.run(clock, onProgress);
  const { count } = await ledger.store.head();
  return {
    facts: count,
    members: stage.members.length,
    organisations: stage.bodies.length,
    from: stage.from,
    endsOn,
    signIns: {},
  };
}

function stageOf(ledger: DemoLedger, seed: string, endsOn: CivilDate, scale: number): Stage {
  const random = randomOf(seed);
  const from = demoFrom(endsOn);
  const count = Math.max(60, Math.round(1_200 * scale));
  const names = new Set<string>();
  const places = new Set<string>();
  const bodies = inventBodies(
    random.of('bodies'),
    places,
    Math.max(16, Math.round(250 * scale)),
    employedOf(count),
  );
  const members = inventMembers(
    random.of('members'),
    { bodies, members: count, from, endsOn },
    names,
  );
  const staff = (name: string): Person => ({
    id: '',
    ...callSomebody(random.of(name), names, 'society.example'),
  });
  return {
    ledger,
    act: actOn(ledger),
    plan: planOf({ seed, zone: ledger.zone, from, endsOn }),
    random,
    from,
    endsOn,
    scale,
    names,
    places,
    bodies,
    members,
    staff: {
      admin: staff('admin'),
      secondAdmin: staff('second-admin'),
      auditor: staff('auditor'),
      analyst: staff('analyst'),
      contact: staff('contact'),
    },
    assessors: [],
    schemes: { general: '', advanced: '' },
    skills: [],
  };
}
