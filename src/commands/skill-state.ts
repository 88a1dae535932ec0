import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

/** A credited skill as last observed. */
export interface Credit {
  framework: { id: string; version: number };
  skill: string;
  level: string;
  /** On whose word. */
  source: string;
  observedOn: CivilDate;
  validUntil: CivilDate | undefined;
  until: CivilDate | undefined;
}

/** Skills credited beside claims, by credit id. */
export type Credits = Map<string, Credit>;

/** Follows the facts about skills. */
export function evolveCredits(state: Credits, fact: AnyFact): void {
  if (fact.type === 'SkillCredited') {
    const { creditId, framework, skill, level, source, observedOn, validUntil } = fact.data;
    const observed = { level, source, observedOn, validUntil };
    state.set(creditId, { framework, skill, ...observed, until: undefined });
  } else if (fact.type === 'SkillReassessed') {
    const { level, source, observedOn, validUntil } = fact.data;
    const credit = state.get(fact.data.creditId);
    if (credit !== undefined) Object.assign(credit, { level, source, observedOn, validUntil });
  } else if (fact.type === 'SkillEnded') {
    const credit = state.get(fact.data.creditId);
    if (credit !== undefined) credit.until = fact.data.until;
  }
}
