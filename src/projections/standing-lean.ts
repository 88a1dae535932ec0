import type { AnyFact } from '../events/registry.ts';
import type { Amount, AwardFact, ClaimedLine } from '../scheme/facts.ts';
import { dayHandedIn } from './day-handed-in.ts';
import type { ViewFact } from './projection.ts';

type Claimed = Extract<AwardFact, { type: 'Claimed' | 'ClaimAmended' }>;
type Approved = Extract<AwardFact, { type: 'ClaimApproved' }>;

type LeanLine = [
  lineId: string,
  kind: string,
  amount: number,
  unit: string,
  from: string,
  until: string,
  more?: Pick<ClaimedLine, 'topics' | 'attributes' | 'reflected'>,
];
/** Awards of a line as place of its rulebook among those of the fact, category and points, one after another. */
type LeanApproved = [lineId: string, amount: number, unit: string, ...awards: (string | number)[]];
type LeanRulebook = [scheme: string, version: number, eventId: string];

/**
 * What a report reads of a fact, as it is kept: without names where there are many of a kind, since a report
 * parses millions of them.
 */
export type Lean =
  | ['c' | 'a', id: string, claimId: string, handedIn: string, lines: LeanLine[]]
  | ['p', string, string, decidedOn: string, rulebooks: LeanRulebook[], lines: LeanApproved[]]
  | ['', id: string, type: string, data: object, handedIn?: string];

/** Of a fact what a statement reads. The day handed in is worked out here, once, and not in every report. */
export function leanOf(said: ViewFact): string {
  return JSON.stringify(lean(said));
}

function lean(said: ViewFact): Lean {
  const { id, type } = said;
  if (type === 'Claimed' || type === 'ClaimAmended') {
    const { claimId, lines } = said.data;
    const kept = (lines as readonly ClaimedLine[]).map(leanLine);
    return [type === 'Claimed' ? 'c' : 'a', id, claimId, dayHandedIn(said), kept];
  }
  if (type === 'ClaimApproved') return leanApproval(said);
  const data = readIn(said.data);
  return type === 'CycleDetermined'
    ? ['', id, type, data, dayHandedIn(said)]
    : ['', id, type, data];
}

function leanLine({ lineId, kind, quantity, from, until, ...rest }: ClaimedLine) {
  const { topics, attributes, reflected } = rest;
  const line: LeanLine = [lineId, kind, quantity.amount, quantity.unit, from, until];
  if (reflected !== true && topics.length === 0 && isEmpty(attributes)) return line;
  const read = readIn(attributes);
  if (reflected === true) line.push({ topics, attributes: read, reflected });
  else if (topics.length > 0 || !isEmpty(read)) line.push({ topics, attributes: read });
  return line;
}

function isEmpty(object: object): boolean {
  for (const _name in object) return false;
  return true;
}

/** A part of a fact without what no statement reads, however deep it stands. */
function readIn<Part>(part: Part): Part {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(readIn) as Part;
  const read: Record<string, unknown> = {};
  for (const name in part) if (!unread.has(name)) read[name] = readIn(part[name]);
  return read as Part;
}

function leanApproval({ id, data }: Approved): Lean {
  const rulebooks: LeanRulebook[] = [];
  const placeOf = (scheme: string, { version, eventId }: { version: number; eventId: string }) => {
    const at = rulebooks.findIndex(([of, , event]) => of === scheme && event === eventId);
    return at >= 0 ? at : rulebooks.push([scheme, version, eventId]) - 1;
  };
  const lines = data.lines.map(({ lineId, accepted, awards }): LeanApproved => {
    const flat = awards.flatMap(({ scheme, rulebook, category, points }) => [
      placeOf(scheme, rulebook),
      category,
      points,
    ]);
    return [lineId, accepted.amount, accepted.unit, ...flat];
  });
  return ['p', id, data.claimId, data.decision.decidedOn, rulebooks, lines];
}

/** The fact of a row, as far as it is kept. */
export function factOf(index: number, row: Lean): AnyFact {
  return read(index, row) as AnyFact;
}

function read(index: number, row: Lean): Claimed | Approved | object {
  const id = row[1];
  switch (row[0]) {
    case 'c':
    case 'a': {
      const type = row[0] === 'c' ? 'Claimed' : 'ClaimAmended';
      const data = { claimId: row[2], lines: row[4].map(claimedLine) };
      return { id, index, type, data, metadata: { recordedAt: '', submittedOn: { on: row[3] } } };
    }
    case 'p': {
      const [, , claimId, decidedOn, rulebooks, lines] = row;
      const books = rulebooks.map(([scheme, version, eventId]) => ({
        scheme,
        rulebook: { version, eventId },
      }));
      const data = {
        claimId,
        decision: { decidedOn },
        lines: lines.map((line) => approvedLine(line, books)),
      };
      return { id, index, type: 'ClaimApproved', data, metadata: UNDATED };
    }
    case '': {
      const [, , type, data, on] = row;
      const metadata = on === undefined ? UNDATED : { recordedAt: '', submittedOn: { on } };
      return { id, index, type, data, metadata };
    }
  }
}

const REFLECTED = { reflected: true };
const NOTHING = {};
const UNDATED = { recordedAt: '' };
const PLAIN: NonNullable<LeanLine[6]> = { topics: [], attributes: {} };

function claimedLine(line: LeanLine): ClaimedLine {
  const { topics, attributes, reflected } = line[6] ?? PLAIN;
  const quantity = { amount: line[2], unit: line[3] };
  return {
    lineId: line[0],
    kind: line[1],
    quantity,
    from: line[4],
    until: line[5],
    topics,
    attributes,
    // Member by member, and absent where it is: a report reads millions of these.
    ...(reflected === true ? REFLECTED : NOTHING),
  };
}

function approvedLine(
  line: LeanApproved,
  books: readonly { scheme: string; rulebook: { version: number; eventId: string } }[],
) {
  const accepted: Amount = { amount: line[1], unit: line[2] };
  const awards = [];
  for (let at = 3; at < line.length; at += 3) {
    const book = books[line[at] as number];
    if (book === undefined) continue;
    const { scheme, rulebook } = book;
    awards.push({
      scheme,
      rulebook,
      category: line[at + 1] as string,
      points: line[at + 2] as number,
    });
  }
  return { lineId: line[0], accepted, awards };
}

/** Members of facts that no statement reads: texts above all, and what was credited. */
const unread: ReadonlySet<string> = new Set([
  'sealed',
  'kid',
  'corrects',
  'skills',
  'session',
  'reason',
  'reasons',
  'decidedBy',
  'capacity',
  'under',
  'interests',
  'file',
]);
