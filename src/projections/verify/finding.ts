import type { StoredEvent } from '../../store/event-store.ts';

/** One thing in a ledger that does not hold. `says` is one line: which fact, what is wrong, what would be right. */
export interface Finding {
  says: string;
  /** The offending fact; absent where it is the ledger as a whole, or a read model. */
  event?: string;
  index?: number;
  stream?: string;
}

/** What identifies a fact in a finding. */
export type Named = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'index' | 'type'>;

/** Findings kept; the rest is counted. Who broke a ledger in more places knows enough by then. */
const KEPT = 1_000;

/** Takes findings in the order in which they are come upon. */
export interface Report {
  fact(fact: Named, wrong: string): void;
  whole(wrong: string): void;
  findings(): Finding[];
  /** How many there were, kept or not. */
  found(): number;
}

export function openReport(): Report {
  const kept: Finding[] = [];
  let found = 0;
  const add = (finding: Finding): void => {
    found += 1;
    if (kept.length < KEPT) kept.push({ ...finding, says: oneLine(finding.says) });
  };
  return {
    fact({ id, stream, revision, index, type }, wrong) {
      const says = `${type} ${id} (index ${index}, ${stream} revision ${revision}): ${wrong}`;
      add({ says, event: id, index, stream });
    },
    whole: (wrong) => add({ says: wrong }),
    findings: () => kept,
    found: () => found,
  };
}

/** What stands in a broken ledger may be anything: it does not get to draw on the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
}
