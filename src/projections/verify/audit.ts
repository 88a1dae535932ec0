import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import { withoutRetracted } from '../../events/retraction.ts';
import { awardedSums } from '../../scheme/awarded.ts';
import { openAccounts, openTexts } from './accounts.ts';
import { openAppointments } from './appointments.ts';
import { emptySlice, followSlice, type MemberSlice, type Replay } from './claim-slice.ts';
import { openCorrections } from './corrections.ts';
import { wrongDecision } from './deciding.ts';
import type { Report } from './finding.ts';
import { type Keys, openKeys } from './keys.ts';
import { openKin } from './kin.ts';

/** The facts of a fact's stream before it: read where the few that need them are come upon. */
export type Earlier = (fact: AnyFact) => Promise<AnyFact[]>;

/** Replays what facts mean: claims, points, who decided, corrections, keys. */
export interface Audit {
  follow(fact: AnyFact): Promise<void> | undefined;
  keys: Pick<Keys, 'evidence'>;
  /** After the last fact: whether the trial balance closes (design, 5, invariant 2). */
  close(): void;
}

/** An auditor's replay: what it says of a fact rests on no fold of decisions, statements or read models. */
export function openAudit(report: Report, earlier: Earlier): Audit {
  const kin = openKin();
  const appointments = openAppointments(report, kin);
  const corrections = openCorrections(kin);
  const keys = openKeys(report);
  const accounts = openAccounts(report);
  const oneText = openTexts();
  const members = new Map<string, MemberSlice>();
  const sliceOf = (person: string): MemberSlice => {
    const slice = members.get(person) ?? emptySlice();
    members.set(person, slice);
    return slice;
  };

  const member = (fact: AnyFact): void => {
    const { id: person } = streamParts(fact.stream);
    const slice = sliceOf(person);
    oneText(fact);
    const say = (wrong: string): void => report.fact(fact, wrong);
    const wrong = wrongDecision(fact, person, slice, kin, appointments);
    if (wrong !== undefined) say(wrong);
    followSlice(slice, fact, { accounts, say });
    if (fact.type === 'Absorbed') kin.absorb(fact.id, person, fact.data.duplicate);
  };

  const retract = (fact: Retraction, before: readonly AnyFact[]): void => {
    const { id: person } = streamParts(fact.stream);
    kin.forget(fact.data.eventId);
    const entry = sliceOf(person).entries.get(fact.data.eventId);
    if (entry !== undefined) accounts.post(entry, -1);
    // From now on it never was: the slice is made anew. What it posted then was posted then.
    const slice = emptySlice();
    const silent: Replay = {
      accounts: { of: accounts.of, post: () => undefined },
      say: () => undefined,
    };
    for (const left of withoutRetracted([...before, fact])) followSlice(slice, left, silent);
    members.set(person, slice);
  };

  /** Facts few enough that their stream is read again up to them. */
  const rare = async (fact: Rare): Promise<void> => {
    const before = await earlier(fact);
    if (fact.type === 'Erased') return keys.erased(fact, before);
    const wrong = corrections.wrongChange(fact, before);
    if (wrong !== undefined) report.fact(fact, wrong);
    if (fact.type === 'FactRetracted') retract(fact, before);
  };

  return {
    keys,
    follow(fact) {
      keys.follow(fact);
      switch (fact.stream.slice(0, fact.stream.indexOf('-'))) {
        case 'member':
          member(fact);
          break;
        case 'scheme':
          appointments.follow(fact);
          break;
        case 'correction': {
          const wrong = corrections.wrongStep(fact);
          if (wrong !== undefined) report.fact(fact, wrong);
        }
      }
      return isRare(fact) ? rare(fact) : undefined;
    },
    close() {
      for (const { awarded } of members.values()) accounts.member(awardedSums(awarded));
      accounts.close();
    },
  };
}

type Rare = Extract<AnyFact, { type: 'Erased' | 'FactRetracted' | 'PointsAdjusted' }>;
type Retraction = Extract<AnyFact, { type: 'FactRetracted' }>;

function isRare(fact: AnyFact): fact is Rare {
  const { type } = fact;
  return type === 'Erased' || type === 'FactRetracted' || type === 'PointsAdjusted';
}
