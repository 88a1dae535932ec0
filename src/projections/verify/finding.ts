import type { StoredEvent } from '../../store/event-store.ts';

/** One thing in a ledger that does not hold. `says` is one line: which fact, what is wrong, what would be right. */
export interface Finding {
  says: string;
  /** The offending fact; absent where it is the ledger as a whole, or a read model. */
  event?: string;
  index?: number;
  stream?: string;
}

/** What identifies a fact in a finding. A revision that was put aside is a text. */
export type Named = Pick<StoredEvent, 'id' | 'stream' | 'index' | 'type'> & {
  revision: bigint | string;
};

/** Findings kept; the rest is counted. Who broke a ledger in more places knows enough by then. */
const KEPT = 1_000;

/** Takes findings as they are come upon. */
export interface Report {
  fact(fact: Named, wrong: string): void;
  /** @param place before what is found of facts, or after it */
  whole(wrong: string, place?: 'before' | 'after'): void;
  /** In ledger order; of one fact in the order in which they came. */
  findings(): Finding[];
  /** How many there were, kept or not. */
  found(): number;
}

export function openReport(): Report {
  let kept: { at: number; finding: Finding }[] = [];
  let found = 0;
  const first = () => kept.sort((a, b) => a.at - b.at).slice(0, KEPT);
  const add = (at: number, finding: Finding): void => {
    found += 1;
    kept.push({ at, finding: { ...finding, says: oneLine(finding.says) } });
    if (kept.length === 2 * KEPT) kept = first();
  };
  return {
    fact({ id, stream, revision, index, type }, wrong) {
      const says = `${type} ${id} (index ${index}, ${stream} revision ${revision}): ${wrong}`;
      add(index, { says, event: id, index, stream });
    },
    whole(wrong, place = 'after') {
      add(place === 'before' ? -1 : Number.MAX_SAFE_INTEGER, { says: wrong });
    },
    findings: () => first().map(({ finding }) => finding),
    found: () => found,
  };
}

/** What stands in a broken ledger may be anything: it does not get to draw on the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
}
