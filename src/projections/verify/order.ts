import { categories } from '../../events/define.ts';
import { eventIdOf, streamName, streamParts } from '../../events/ids.ts';
import { type AnyFact, registry } from '../../events/registry.ts';
import type { Position, StoredEvent } from '../../store/event-store.ts';
import type { Report } from './finding.ts';

/** How far a stream has come, and of which command its last fact is. */
interface Reached {
  category: string;
  /** What is wrong with the stream's name. */
  misnamed: string | undefined;
  revision: bigint;
  recordedAt: string;
  commandId: string;
  ordinal: number;
}

/** Follows how facts stand in the ledger (design, 5, invariant 1) and how they are named (contract, 1 and 2). */
export interface Order {
  /** Every stored fact, readable or not. */
  place(stored: StoredEvent): void;
  /** Every fact that could be read, after its `place`. */
  fact(fact: AnyFact): void;
}

/** Further ahead than this, a clock is wrong (contract, 2). */
const CLOCKS_APART_MS = 2_000;

/** @param now facts recorded after it are named; absent: the clock is not looked at */
export function openOrder(report: Report, now: string | undefined): Order {
  const latest =
    now === undefined ? undefined : new Date(Date.parse(now) + CLOCKS_APART_MS).toISOString();
  const streams = new Map<string, Reached>();
  let reached = beginning('ledger');
  let next = 0;
  let last: Position | undefined;

  return {
    place(stored) {
      if (stored.index !== next) report.fact(stored, `index ${next} is expected here`);
      if (stored.position === last) report.fact(stored, `has position ${last} as the fact before`);
      reached = streams.get(stored.stream) ?? beginning(stored.stream);
      if (reached.revision < 0n) streams.set(stored.stream, reached);
      const expected = reached.revision + 1n;
      if (stored.revision !== expected) report.fact(stored, `revision ${expected} is expected`);
      // Goes on from what was found: one gap is one finding.
      next = stored.index + 1;
      last = stored.position;
      reached.revision = stored.revision;
    },
    fact(fact) {
      const { commandId, recordedAt } = fact.metadata;
      reached.ordinal = reached.commandId === commandId ? reached.ordinal + 1 : 0;
      reached.commandId = commandId;
      const id = eventIdOf(commandId, fact.stream, reached.ordinal);
      if (fact.id !== id) {
        report.fact(fact, `its id is not that of fact ${reached.ordinal} of its command, ${id}`);
      }
      if (recordedAt < reached.recordedAt) {
        report.fact(fact, `recorded at ${recordedAt}, before the fact before it in its stream`);
      }
      reached.recordedAt = recordedAt;
      if (latest !== undefined && recordedAt > latest) {
        report.fact(fact, `recorded at ${recordedAt}; it is ${now} now`);
      }
      const wrong = wrongPlace(fact, reached);
      if (wrong !== undefined) report.fact(fact, wrong);
    },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function beginning(stream: string): Reached {
  const { category, id } = streamParts(stream);
  const named = category === 'ledger' ? stream === 'ledger' : UUID.test(id);
  const misnamed = !(categories as readonly string[]).includes(category)
    ? `category ${category} is unknown`
    : named
      ? undefined
      : 'its stream is not named <category>-<uuid>';
  return { category, misnamed, revision: -1n, recordedAt: '', commandId: '', ordinal: 0 };
}

function wrongPlace(fact: AnyFact, { category, misnamed }: Reached): string | undefined {
  const { type, stream, index } = fact;
  const belongs = registry.get(type)?.category;
  if (category !== belongs) return `belongs in a stream of category ${belongs}`;
  if (misnamed !== undefined) return misnamed;
  if (fact.type === 'Registered' && stream !== streamName(category, fact.data.person)) {
    return `registers ${fact.data.person} in the stream of another`;
  }
  if (index === 0 && type !== 'LedgerOpened') return 'the first fact must be LedgerOpened';
  if (index > 0 && type === 'LedgerOpened') return 'a ledger is opened once, by its first fact';
  return undefined;
}
