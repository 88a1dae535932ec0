import type { AnyFact } from '../events/registry.ts';
import { withoutRetracted } from '../events/retraction.ts';
import type { Actor } from '../events/shapes.ts';
import {
  type AwardedSum,
  awardedBy,
  awardedSums,
  followAward,
  nothingAwarded,
} from '../scheme/awarded.ts';
import { isAwardFact } from '../scheme/facts.ts';
import type { EventStore } from '../store/event-store.ts';
import { type AsOf, endOf, memberFacts } from './member-facts.ts';

/** One fact of a member, and what was awarded to them after it. */
export interface HistoryEntry {
  id: string;
  stream: string;
  type: string;
  index: number;
  /** A decimal text, as revisions are in JSON. */
  revision: string;
  recordedAt: string;
  submittedOn?: string;
  actor: Actor;
  /** The clear part: boxes are left out, ids and codes stand. */
  data: Record<string, unknown>;
  /** Whether a later fact, by the end looked at, said that it never was. */
  retracted: boolean;
  /** After this fact, in hundredths, by scheme, cycle and category. */
  awarded: AwardedSum[];
}

export interface History {
  member: string;
  /** Facts of the ledger with a lower index were looked at. */
  asOf: number;
  facts: HistoryEntry[];
}

/**
 * Every fact of a member in ledger order, with what was awarded after each as it was known then.
 *
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function memberHistory(
  store: EventStore,
  member: string,
  query: { asOf?: AsOf | undefined } = {},
): Promise<History> {
  const asOf = await endOf(store, query.asOf);
  return { member, asOf, facts: historyOf(await memberFacts(store, member, asOf)) };
}

/** The history that these facts are, in ledger order. Pure. */
export function historyOf(facts: readonly AnyFact[]): HistoryEntry[] {
  const standing = new Set(withoutRetracted(facts).map(({ id }) => id));
  let state = nothingAwarded();
  let awarded: AwardedSum[] = [];
  return facts.map((fact, place) => {
    if (fact.type === 'FactRetracted') {
      // What is folded in cannot be taken out again: fold what is left, from the first fact.
      state = awardedBy(withoutRetracted(facts.slice(0, place + 1)).filter(isAwardFact));
      awarded = awardedSums(state);
    } else if (isAwardFact(fact)) {
      followAward(state, fact);
      awarded = awardedSums(state);
    }
    return entryOf(fact, !standing.has(fact.id), awarded);
  });
}

function entryOf(fact: AnyFact, retracted: boolean, awarded: AwardedSum[]): HistoryEntry {
  const { sealed: _boxes, ...data } = fact.data as Record<string, unknown>;
  const { recordedAt, submittedOn, actor } = fact.metadata;
  return {
    id: fact.id,
    stream: fact.stream,
    type: fact.type,
    index: fact.index,
    revision: String(fact.revision),
    recordedAt,
    ...(submittedOn === undefined ? {} : { submittedOn: submittedOn.on }),
    actor,
    data,
    retracted,
    awarded,
  };
}
