import { limits } from '../limits.ts';
import type { EventStore } from '../store/event-store.ts';
import { type LeastUsed, leastUsed } from './least-used.ts';
import { endOf } from './member-facts.ts';
import { type StatementQuery, statementAt } from './statement.ts';

/** A statement as JSON text, and what it was made of. It holds clear data alone, as every statement. */
interface Kept {
  /** As of which index it is known to be right: with the ledger up to there it was made, or compared. */
  end: number;
  /** How many facts were read of each stream: of the member, of those absorbed, of the scheme. */
  streams: ReadonlyMap<string, number>;
  text: string;
}

/** Two bytes a character at most, and what stands around the text. */
const sizeOf = ({ text }: Kept): number => 2 * text.length + 1_000;

const keptOf = new WeakMap<EventStore, LeastUsed<Kept>>();

/** What is asked; of the scheme that `schemeOf` finds, unless one is named. */
type Asked = Omit<StatementQuery, 'scheme'> & { scheme: string | undefined };

/**
 * What `memberStatement` answers, as JSON text, written once for as long as nothing is new. Every use looks at the
 * end of the ledger, and where that has moved, at the end of each stream that the statement was made of: there is no
 * other invalidation.
 *
 * @param schemeOf the scheme, from the member's state of now; it may refuse. Where the statement is of now and what
 * is kept holds, that state is the one that it was made in, and nobody is asked
 * @returns undefined as `memberStatement`
 * @throws RangeError when the time of `asOf` is no instant
 */
export async function statementText(
  store: EventStore,
  member: string,
  { scheme: named, cycle, on, asOf }: Asked,
  schemeOf: () => Promise<string>,
): Promise<string | undefined> {
  const kept = keptOf.get(store) ?? leastUsed(limits.statementBytes, sizeOf);
  keptOf.set(store, kept);
  const end = await endOf(store, asOf);
  const name = JSON.stringify([member, asOf ? await schemeOf() : named, cycle, on, asOf]);
  const known = kept.get(name);
  if (known !== undefined && (await holds(store, known, end))) {
    known.end = end;
    return answered(member, end, known.text);
  }
  const query = { scheme: await schemeOf(), cycle, on, asOf };
  const stated = await statementAt(store, member, query, end);
  if (stated === undefined) return undefined;
  const text = JSON.stringify(stated.statement);
  kept.set(name, { end, streams: stated.streams, text });
  return answered(member, end, text);
}

/** Whether the ledger up to `end` has no other facts for a statement than those that it was made of. */
async function holds(store: EventStore, known: Kept, end: number): Promise<boolean> {
  if (end === known.end) return true;
  if (end < known.end) return false;
  for (const [stream, count] of known.streams) {
    const [next] = await store.readStream(stream, BigInt(count));
    if (next !== undefined && next.index < end) return false;
  }
  return true;
}

function answered(member: string, asOf: number, statement: string): string {
  return `{"member":${JSON.stringify(member)},"asOf":${asOf},"statement":${statement}}`;
}
