import { eventIdOf } from '../src/events/ids.ts';
import type { StoredEvent } from '../src/store/event-store.ts';

/** A fact of a copied member, ready to be written. */
export interface CopiedFact {
  id: string;
  type: string;
  data: string;
  metadata: string;
}

/** A member whose facts can be copied: the same in all but ids and keys. */
export interface Model {
  facts: number;
  /** The stream of the copy with this number. */
  stream(copy: number): string;
  fact(copy: number, revision: number): CopiedFact;
}

/** What a text has where copies differ: an id or a key of its own, or the id of a fact. */
type Slot = { own: 'uuid' | 'kid'; at: number } | { event: number };
type Piece = string | Slot;

interface CutFact {
  type: string;
  command: number;
  ordinal: number;
  data: Piece[];
  metadata: Piece[];
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<="kid":")[\w-]{22}/g;
const COMMAND = /"commandId":"([0-9a-f-]{36})"/;

/**
 * Cuts a member's facts at what must differ in a copy.
 *
 * @param shared ids that stay: of the ledger, schemes, assessors and system actors
 */
export function modelOf(stored: readonly StoredEvent[], shared: ReadonlySet<string>): Model {
  const slots = new Map<string, Slot>();
  const stream = stored[0]?.stream ?? '';
  const person = stream.slice(stream.indexOf('-') + 1);
  slots.set(person, { own: 'uuid', at: 0 });
  for (const [revision, { id }] of stored.entries()) slots.set(id, { event: revision });
  const slotOf = (id: string): Piece => {
    if (shared.has(id)) return id;
    const slot = slots.get(id) ?? { own: id.length === 36 ? 'uuid' : 'kid', at: slots.size };
    slots.set(id, slot);
    return slot;
  };
  const commandAt = (id: string): number => {
    const slot = slotOf(id);
    if (typeof slot === 'string' || !('own' in slot))
      throw new Error(`${id} is no command of its own`);
    return slot.at;
  };
  const facts: CutFact[] = [];
  for (const { type, data, metadata } of stored) {
    const command = commandAt(COMMAND.exec(metadata)?.[1] ?? '');
    const before = facts.at(-1);
    const ordinal = before?.command === command ? before.ordinal + 1 : 0;
    facts.push({
      type,
      command,
      ordinal,
      data: cut(data, slotOf),
      metadata: cut(metadata, slotOf),
    });
  }
  return copying(facts);
}

function copying(facts: readonly CutFact[]): Model {
  const stream = (copy: number): string => `member-${uuidOf(copy, 0)}`;
  const eventId = (copy: number, revision: number): string => {
    const { command, ordinal } = facts[revision] as CutFact;
    return eventIdOf(uuidOf(copy, command), stream(copy), ordinal);
  };
  const joined = (copy: number, pieces: readonly Piece[]): string => {
    let text = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece;
      else if ('event' in piece) text += eventId(copy, piece.event);
      else text += piece.own === 'uuid' ? uuidOf(copy, piece.at) : kidOf(copy, piece.at);
    }
    return text;
  };
  return {
    facts: facts.length,
    stream,
    fact(copy, revision) {
      const { type, data, metadata } = facts[revision] as CutFact;
      const id = eventId(copy, revision);
      return { id, type, data: joined(copy, data), metadata: joined(copy, metadata) };
    },
  };
}

function cut(text: string, slotOf: (id: string) => Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: id, index } of text.matchAll(ID)) {
    pieces.push(text.slice(from, index), slotOf(id));
    from = index + id.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** Ids that look random and follow from copy and place, so that none has to be remembered. */
function hexOf(copy: number, at: number): string {
  let hex = '';
  for (let word = 0; word < 4; word++) hex += hex32(mixed(copy * 4 + word, at));
  return hex;
}

function uuidOf(copy: number, at: number): string {
  const hex = hexOf(copy, at);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function kidOf(copy: number, at: number): string {
  return Buffer.from(hexOf(copy, at), 'hex').toString('base64url');
}

/** The finaliser of MurmurHash3 over two numbers. */
function mixed(one: number, other: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b);
  for (let round = 0; round < 2; round++) {
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

function hex32(word: number): string {
  return word.toString(16).padStart(8, '0');
}
