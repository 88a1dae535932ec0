import type { AnyFact } from '../events/registry.ts';
import type { CivilDate } from '../scheme/civil-date.ts';

export interface Credit {
  framework: string;
  skill: string;
  level: string;
  observedOn: CivilDate;
  until: CivilDate | undefined;
}

/** Skills credited beside claims, by credit id. */
export type Credits = Map<string, Credit>;

/** Follows the facts about skills. */
export function evolveCredits(state: Credits, fact: AnyFact): void {
  if (fact.type === 'SkillCredited') {
    const { creditId, framework, skill, level, observedOn } = fact.data;
    state.set(creditId, { framework: framework.id, skill, level, observedOn, until: undefined });
  } else if (fact.type === 'SkillReassessed') {
    const { level, observedOn } = fact.data;
    const credit = state.get(fact.data.creditId);
    if (credit !== undefined) Object.assign(credit, { level, observedOn });
  } else if (fact.type === 'SkillEnded') {
    const credit = state.get(fact.data.creditId);
    if (credit !== undefined) credit.until = fact.data.until;
  }
}
