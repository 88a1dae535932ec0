import type { z } from 'zod';
import type { SkillAtLevel } from '../events/claim.ts';
import type { Claim } from './claim-state.ts';
import type { Load } from './define.ts';
import { type Frameworks, frameworksOf, inFramework } from './framework-state.ts';

type Skill = z.infer<typeof SkillAtLevel>;

interface Decided {
  lineId: string;
  skills?: Skill[] | undefined;
}

/** What the lines of an approval may credit. */
export interface Creditable {
  frameworks: Frameworks;
  /** By session, the skills of the catalogue entry that it is a run of. */
  bySession: ReadonlyMap<string, readonly Skill[]>;
}

/** Loads the frameworks of the skills that the assessor names, and the entries of the sessions of the other lines. */
export async function creditable(
  load: Load,
  claim: Claim | undefined,
  lines: readonly Decided[],
): Promise<Creditable> {
  const bySession = new Map<string, readonly Skill[]>();
  for (const { lineId, skills } of lines) {
    const session = claim?.lines.get(lineId)?.line.session;
    if (session === undefined || skills !== undefined) continue;
    const { run } = await load('session', session);
    const { offered } = await load('catalogue', run?.entry ?? '');
    bySession.set(session, offered?.skills ?? []);
  }
  const frameworks = await frameworksOf(
    load,
    lines.flatMap(({ skills }) => skills ?? []),
  );
  return { frameworks, bySession };
}

/** The skills that an approved line credits: as the assessor decides, else those of the catalogue entry. */
export function creditedBy(
  { skills }: Decided,
  session: string | undefined,
  { frameworks, bySession }: Creditable,
): Skill[] {
  if (skills === undefined) return [...(bySession.get(session ?? '') ?? [])];
  for (const skill of skills) inFramework(frameworks, skill);
  return skills;
}
