import { setImmediate as turn } from 'node:timers/promises';
import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import { withoutRetracted } from '../../events/retraction.ts';
import { awardedSums } from '../../scheme/awarded.ts';
import { isAwardFact } from '../../scheme/facts.ts';
import type { Accounts } from './accounts.ts';
import type { Aside } from './aside.ts';
import { emptySlice, followSlice, type MemberSlice, type Replay } from './claim-slice.ts';
import { wrongDecision } from './deciding.ts';
import type { Report } from './finding.ts';
import { type Kin, openKin } from './kin.ts';

/** The facts of a fact's stream before it: read where the few that need them are come upon. */
export type Earlier = (fact: AnyFact) => Promise<AnyFact[]>;

/** Facts whose members are replayed at a time: what is kept of them is about a kilobyte each. */
const AT_A_TIME = 20_000;

/**
 * The claims of members. What is kept of a claim would fill the memory, and any may be told of again much later:
 * so facts are put aside, those of a member together, and replayed by a part of the members after another.
 */
export interface Members {
  /** @param unauthorised what is wrong with the authority of a decision, as it was known then */
  follow(fact: AnyFact, unauthorised: string | undefined): void;
  /** Which ids are one human was told otherwise. */
  kin(at: number, tell: (kin: Kin) => void): void;
  /** After the last fact. */
  replay(): Promise<void>;
}

interface Surroundings {
  report: Report;
  aside: Aside;
  accounts: Accounts;
  earlier: Earlier;
  /** About how many facts will come. */
  facts: number;
}

/** A fact as it is put aside, with what is looked at there; a revision is no JSON. */
type Put = Omit<AnyFact, 'revision'> & { revision: string; unauthorised?: string };

export function openMembers(surroundings: Surroundings): Members {
  const { aside, facts, accounts } = surroundings;
  const parts = Math.ceil(facts / AT_A_TIME);
  const changes: { at: number; tell(kin: Kin): void }[] = [];
  const partOf = (fact: AnyFact): number =>
    Math.abs(Number.parseInt(streamParts(fact.stream).id.slice(0, 8), 16) % parts) || 0;

  const replayPart = async (part: number): Promise<void> => {
    const slices = new Map<string, MemberSlice>();
    const kin = openKin();
    let told = 0;
    for (const some of aside.take<Put>(`members ${part}`)) {
      for (const put of some) {
        for (; (changes[told]?.at ?? put.index) < put.index; told++) changes[told]?.tell(kin);
        await replayFact(put, slices, kin, surroundings);
      }
      await turn();
    }
    for (const { awarded } of slices.values()) accounts.member(awardedSums(awarded));
  };
  return {
    follow(fact, unauthorised) {
      if (!isReplayed(fact)) return;
      const { id, stream, revision, index, type } = fact;
      const { actor } = fact.metadata;
      aside.put(`members ${partOf(fact)}`, {
        id,
        stream,
        revision: `${revision}`,
        index,
        type,
        data: readIn(fact),
        metadata: { actor },
        unauthorised,
      });
    },
    kin: (at, tell) => void changes.push({ at, tell }),
    async replay() {
      for (let part = 0; part < parts; part++) await replayPart(part);
    },
  };
}

function isReplayed(fact: AnyFact): boolean {
  return isAwardFact(fact) || fact.type === 'FactRetracted' || 'claimId' in fact.data;
}

/** What the replay reads in the data of a fact: of the kinds that are most, no more than that. */
function readIn({ type, data }: AnyFact): object {
  switch (type) {
    case 'Claimed':
    case 'ClaimAmended': {
      const lines = data.lines.map(({ lineId, until }) => ({ lineId, until }));
      return { claimId: data.claimId, lines };
    }
    case 'ClaimApproved': {
      const lines = data.lines.map(({ lineId, awards }) => ({
        lineId,
        awards: awards.map(({ scheme, category, points }) => ({ scheme, category, points })),
      }));
      const { decidedBy, capacity } = data.decision;
      return { claimId: data.claimId, decision: { decidedBy, capacity }, lines };
    }
  }
  return data;
}

async function replayFact(
  put: Put,
  slices: Map<string, MemberSlice>,
  kin: Kin,
  { report, accounts, earlier }: Surroundings,
): Promise<void> {
  const fact = put as Omit<Put, 'revision'> as AnyFact;
  const { id: person } = streamParts(fact.stream);
  const slice = slices.get(person) ?? emptySlice();
  slices.set(person, slice);
  if (fact.type === 'FactRetracted') {
    const entry = slice.entries.get(fact.data.eventId);
    if (entry !== undefined) accounts.post(entry, -1);
    slices.set(person, sliceWithout([...(await earlier(fact)), fact], accounts));
    return;
  }
  const say = (wrong: string): void => report.fact(put, wrong);
  const wrong = wrongDecision(fact, person, slice, kin) ?? put.unauthorised;
  if (wrong !== undefined) say(wrong);
  followSlice(slice, fact, { accounts, say });
}

/** From a retraction on it never was: the slice is made anew. What it posted then was posted then. */
function sliceWithout(facts: readonly AnyFact[], accounts: Accounts): MemberSlice {
  const slice = emptySlice();
  const silent: Replay = {
    accounts: { of: accounts.of, post: () => undefined },
    say: () => undefined,
  };
  for (const left of withoutRetracted(facts)) followSlice(slice, left, silent);
  return slice;
}
