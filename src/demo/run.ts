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
import { tellOfCapability } from './story-capability.ts';
import { tellOfClosing } from './story-closing.ts';
import { tellOfCorrections } from './story-corrections.ts';
import { tellOfCouncils } from './story-councils.ts';
import { tellOfDeciding } from './story-deciding.ts';
import { tellOfErasure } from './story-erasure.ts';
import { tellOfIdentity } from './story-identity.ts';
import { tellOfChanges, tellOfLeaving } from './story-leaving.ts';
import { tellOfNow } from './story-now.ts';
import { tellOfPosts } from './story-posts.ts';
import { tellOfRelief } from './story-relief.ts';
import { demoPeople, tellOfSharing } from './story-sharing.ts';
import { tellOfSkills } from './story-skills.ts';
import { tellOfStudy } from './story-study.ts';
import { planYears } from './years.ts';

/** What a demo is to be like. */
export interface DemoOptions {
  seed: string;
  /** The last day, in the ledger's zone: today at the latest. */
  endsOn: CivilDate;
  /** Of the whole society, 1: 250 bodies and 1,200 members. At least 150 members of 30 bodies are made. */
  scale?: number;
  /** How many of the planned actions are done. */
  onProgress?: (done: number, of: number) => void;
  /** Ends the making: `makeDemo` throws its reason. */
  signal?: AbortSignal;
}

/** What was made. */
export interface DemoReport {
  facts: number;
  members: number;
  organisations: number;
  from: CivilDate;
  endsOn: CivilDate;
}

/**
 * Makes the demo society through the ledger's own commands, three years up to `endsOn`. The same seed makes the
 * same society but for ids, keys, ivs and salts. The ledger was opened for a demo at `demoBegins(endsOn)`.
 */
export async function makeDemo(given: DemoLedger, options: DemoOptions): Promise<DemoReport> {
  const { seed, endsOn } = options;
  const clock = demoClock(endsOn);
  const ledger = { ...given, now: clock.now };
  const stage = stageOf(ledger, seed, endsOn, options.scale ?? 1);
  chooseAssessors(stage);
  planSociety(stage);
  tellStories(stage);
  planMembers(stage);
  planAssessors(stage);
  planImports(stage);
  planSessions(stage);
  planCatalogueStories(stage);
  planYears(stage);
  await stage.plan.run(clock, options);
  await linkSignIns(stage);
  const { count } = await ledger.store.head();
  return {
    facts: count,
    members: stage.members.length,
    organisations: stage.bodies.length,
    from: stage.from,
    endsOn,
  };
}

/** Plans all stories. First those of who goes away: what is told of the others is told of who is there. */
function tellStories(stage: Stage): void {
  tellOfCouncils(stage);
  tellOfLeaving(stage);
  tellOfIdentity(stage);
  tellOfErasure(stage);
  tellOfCorrections(stage);
  tellOfSharing(stage);
  tellOfSkills(stage);
  tellOfCapability(stage);
  tellOfDeciding(stage);
  tellOfStudy(stage);
  tellOfRelief(stage);
  tellOfPosts(stage);
  tellOfChanges(stage);
  tellOfClosing(stage);
  tellOfNow(stage);
}

/** Links the people of the demo to sign-ins of the local issuer, one for each role. */
async function linkSignIns(stage: Stage): Promise<void> {
  const { assessors, staff, ledger } = stage;
  const { member, manager } = demoPeople(stage);
  const people: Record<string, Person | undefined> = {
    member,
    assessor: assessors[0]?.person,
    reviewer: assessors[1]?.person,
    manager,
    contact: staff.contact,
    admin: staff.admin,
    auditor: staff.auditor,
    analyst: staff.analyst,
  };
  for (const [subject, person] of Object.entries(people)) {
    await ledger.vault.linkSignIn('local', subject, person?.id ?? '');
  }
}

function stageOf(ledger: DemoLedger, seed: string, endsOn: CivilDate, scale: number): Stage {
  const random = randomOf(seed);
  const from = demoFrom(endsOn);
  const count = Math.max(150, Math.round(1_200 * scale));
  const names = new Set<string>();
  const places = new Set<string>();
  const bodies = inventBodies(
    random.of('bodies'),
    places,
    Math.max(30, Math.round(250 * scale)),
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
    people: undefined,
    assessors: [],
    schemes: { general: '', advanced: '' },
    skills: [],
  };
}
