import { streamParts } from '../events/ids.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { isStatementFact } from '../scheme/facts.ts';
import type { Database } from '../store/driver.ts';
import type { Following, Projection, ViewFact } from './projection.ts';
import { openRows } from './rows.ts';
import { factOf, type Lean, leanOf } from './standing-lean.ts';
import { type Begun, type ClaimFact, nowApproved, nowOf } from './standing-now.ts';

/** Facts that a report of standing reads besides those of a statement. */
const beside = ['EmploymentStarted', 'EmploymentEnded', 'CycleDetermined'] as const;
const statementTypes = [...registry.keys()]
  .map((type) => ({ type }) as AnyFact)
  .filter(isStatementFact)
  .map(({ type }) => type);

/**
 * What a report of everybody's standing is computed from: of each fact of a member that a statement reads, the
 * part that it reads, from the index at which it was recorded to that at which it was retracted, and what each claim
 * comes to by now, from its first approval on. As of any index these are the facts that the member's own statement
 * is folded from; what claims come to holds for as long as nothing of the member has changed (docs/adr/0014).
 *
 * The version is raised, too, when `isStatementFact` takes in another type, or reads more of one, and when the
 * folding of claims changes.
 */
export const standing: Projection = {
  name: 'standing',
  version: 6,
  tables: [
    `CREATE TABLE standing_facts (
      person TEXT NOT NULL,
      claim TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      fact TEXT NOT NULL,
      PRIMARY KEY (person, claim, at)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE standing_claims (
      person TEXT NOT NULL,
      claim TEXT NOT NULL,
      changed INTEGER NOT NULL,
      now TEXT,
      PRIMARY KEY (person, claim)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE standing_members (
      scheme TEXT NOT NULL,
      person TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (scheme, person, at)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE standing_mergers (
      survivor TEXT NOT NULL,
      duplicate TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (at)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: [],
  types: ['Absorbed', ...beside, ...statementTypes],
  on: follow,
};

const OTHERS = ['standing_members', 'standing_mergers'];

/** A fact that waits to be written. */
interface Waiting {
  person: string;
  /** The claim that it is about; '' of any other fact. */
  claim: string;
  at: number;
  text: string;
}

/** A claim of which something has changed. */
interface Changed {
  person: string;
  claim: string;
  /** Index of the last fact about it. */
  at: number;
  /** While nothing of it was approved, and its beginning is in memory. */
  begun?: Begun | undefined;
  /** What it comes to, where that is known. */
  now?: string | undefined;
  /** One of its facts was retracted: it may have come to something before. */
  retracted?: boolean;
}

function follow(database: Database): Following {
  const facts = openRows(database, 4, 'INSERT INTO standing_facts (person, claim, at, fact)');
  const claims = openRows(database, 4, 'INSERT OR REPLACE INTO standing_claims');
  const joined = database.prepare('INSERT INTO standing_members VALUES (?, ?, ?, NULL)');
  const merged = database.prepare('INSERT INTO standing_mergers VALUES (?, ?, ?, NULL)');
  const end = database.prepare(
    'UPDATE standing_facts SET until = ? WHERE person = ? AND claim = ? AND at = ? AND until IS NULL',
  );
  const others = OTHERS.map((table) =>
    database.prepare(`UPDATE ${table} SET until = ? WHERE at = ? AND until IS NULL`),
  );
  const ofClaim = database.prepare(
    'SELECT at, fact FROM standing_facts WHERE person = ? AND claim = ? AND until IS NULL ORDER BY at',
  );
  ofClaim.setReturnArrays(true);
  let waiting: Waiting[] = [];
  let changed = new Map<string, Changed>();

  const change = (person: string, claim: string, fact: ViewFact): void => {
    const key = `${person} ${claim}`;
    const known: Changed = changed.get(key) ?? { person, claim, at: 0 };
    changed.set(key, known);
    known.at = fact.index;
    known.now = undefined;
    if (fact.type === 'Claimed') known.begun = { first: fact, lines: fact, evidence: 0 };
    if (known.begun === undefined) return;
    if (fact.type === 'ClaimApproved') known.now = nowApproved(known.begun, fact);
    known.begun = goesOn(known.begun, fact);
  };
  const write = ({ person, claim, at, begun, now, retracted }: Changed): void => {
    if (begun !== undefined) return;
    if (now !== undefined) {
      claims.add(person, claim, at, now);
      return;
    }
    const rows = ofClaim.all(person, claim) as [number, string][];
    const told = rows.map(([index, fact]) => factOf(index, JSON.parse(fact) as Lean));
    const approved = told.some(({ type }) => type === 'ClaimApproved');
    if (!approved && retracted !== true) return;
    claims.add(person, claim, at, nowOf(told as ClaimFact[]) ?? null);
  };
  const flush = (): void => {
    // As the tables are kept: a batch then touches each of their pages once.
    waiting.sort((a, b) => inOrder(a, b) || a.at - b.at);
    for (const { person, claim, at, text } of waiting) facts.add(person, claim, at, text);
    facts.flush();
    for (const one of [...changed.values()].sort(inOrder)) write(one);
    claims.flush();
    waiting = [];
    changed = new Map();
  };
  return {
    apply(fact) {
      const { id: person } = streamParts(fact.stream);
      const { index: at } = fact;
      if (fact.type === 'Absorbed') {
        merged.run(person, fact.data.duplicate, at);
        return;
      }
      if (fact.type === 'SchemeJoined') joined.run(fact.data.scheme, person, at);
      const claim = claimOf(fact);
      waiting.push({ person, claim, at, text: leanOf(fact) });
      if (claim !== '') change(person, claim, fact);
    },
    retract({ stream, index: at, data }, told) {
      const gone = told.find(({ id }) => id === data.eventId);
      if (gone === undefined) return;
      flush();
      const { id: person } = streamParts(stream);
      const claim = claimOf(gone);
      end.run(at, person, claim, gone.index);
      for (const statement of others) statement.run(at, gone.index);
      if (claim === '') return;
      // At once: what is said of it later may leave this row alone, in one batch with it or in another.
      write({ person, claim, at, retracted: true });
      claims.flush();
    },
    flush,
  };
}

/** What is known without its rows of a claim that goes on; undefined from when something was approved. */
function goesOn(begun: Begun, fact: ViewFact): Begun | undefined {
  if (fact.type === 'ClaimAmended') return { ...begun, lines: fact };
  if (fact.type === 'EvidenceAttached') return { ...begun, evidence: begun.evidence + 1 };
  return undecided.has(fact.type) ? begun : undefined;
}

/** Facts after which a claim is approved as if they had not been. */
const undecided: ReadonlySet<ViewFact['type']> = new Set([
  'Claimed',
  'ClaimReturned',
  'ClaimRejected',
]);

function claimOf({ data }: ViewFact): string {
  return 'claimId' in data ? data.claimId : '';
}

type Placed = Pick<Waiting, 'person' | 'claim'>;

function inOrder(a: Placed, b: Placed): number {
  if (a.person !== b.person) return a.person < b.person ? -1 : 1;
  return a.claim < b.claim ? -1 : a.claim > b.claim ? 1 : 0;
}
