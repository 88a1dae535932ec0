import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { CivilDate } from '../../scheme/civil-date.ts';
import type { Statement } from '../../scheme/statement.ts';
import { dayHandedIn } from '../day-handed-in.ts';
import { digestOfStatement } from '../standing-closing.ts';
import type { Aside } from './aside.ts';
import type { Named, Report } from './finding.ts';

/** The statement of a person that the ledger gives as of an index, by the rules' own fold. */
export type StatedAt = (
  person: string,
  wanted: { scheme: string; cycle: string; on: CivilDate },
  end: number,
) => Promise<Statement | undefined>;

type Determination = Extract<AnyFact, { type: 'CycleDetermined' }>;

/** What of a determination is put aside until the end of the walk. */
type Kept = Named & { on: CivilDate; data: Determination['data'] };

/** What cycles were determined to have come to: each is worked out again from the facts that were looked at then. */
export interface Determined {
  follow(fact: AnyFact): void;
  /** Reports each whose outcome or digest is not that of the statement as of its index. */
  close(): Promise<void>;
}

export function openDetermined(report: Report, aside: Aside, statedAt: StatedAt): Determined {
  return {
    follow(fact) {
      if (fact.type !== 'CycleDetermined') return;
      const { id, stream, revision, index, type, data } = fact;
      const named: Named = { id, stream, revision: `${revision}`, index, type };
      aside.put('determined', { ...named, data, on: dayHandedIn(fact) } satisfies Kept);
    },
    async close() {
      for (const some of aside.take<Kept>('determined')) {
        for (const one of some) {
          const wrong = await wrongDetermination(one, statedAt);
          if (wrong !== undefined) report.fact(one, wrong);
        }
      }
    },
  };
}

async function wrongDetermination(
  { stream, index, on, data }: Kept,
  statedAt: StatedAt,
): Promise<string | undefined> {
  const { scheme, cycle, outcome, digest } = data;
  if (data.index > index) return `it is of index ${data.index}, which came after it`;
  const { id: person } = streamParts(stream);
  const statement = await statedAt(person, { scheme, cycle, on }, data.index);
  const when = `as of index ${data.index}, on ${on}`;
  if (statement === undefined) return `${when} the member had no cycle ${cycle}`;
  if (statement.outcome !== outcome) {
    return `its outcome is ${outcome}, but the statement ${when} says ${statement.outcome}`;
  }
  const found = digestOfStatement(statement);
  if (found === digest) return undefined;
  return `its digest is ${digest}, but that of the statement ${when} is ${found}`;
}
