import { setImmediate as turn } from 'node:timers/promises';
import type { CivilDate } from '../scheme/civil-date.ts';
import { isStatementFact } from '../scheme/facts.ts';
import { type Keeping, keptUntil } from '../scheme/keeping.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { pageOf, placeOf } from './paging.ts';
import { idsOf, keeperOf, knownMergers, mergersIn, openStandingRows } from './standing-rows.ts';
import { booksAsOf, endOfRows, type StandingSource } from './standing-walk.ts';
import type { Page, PageRequest } from './views.ts';
import { schemesIn } from './views-queries.ts';

/** Evidence that need not be kept any more, and the rule that says so. */
export interface EvidenceDue {
  /** In whose stream it stands. */
  member: string;
  claim: string;
  evidence: string;
  /** A file; else a link. */
  file: boolean;
  keeping: Keeping;
}

export interface EvidenceDueQuery {
  /** The day on which it is due, or was before. */
  on: CivilDate;
}

export type EvidenceDuePage = Page<EvidenceDue> & { asOf: number };

interface Row {
  evidence: string;
  claim: string;
  file: number;
}

/**
 * Evidence that is due on a day and whose key was not erased. What a hold, an open review or an open appeal keeps back
 * is not among it.
 *
 * @throws BadCursor
 */
export async function evidenceDue(
  source: StandingSource,
  { on }: EvidenceDueQuery,
  page: PageRequest,
): Promise<EvidenceDuePage> {
  const place = placeOf(page.cursor, ['string', 'string']) ?? ['', ''];
  const asOf = await endOfRows(source, undefined);
  const schemes = await allBooks(source, asOf);
  const mergers = knownMergers(mergersIn(await source.rows()), asOf);
  const found: EvidenceDue[] = [];
  let [last, after] = place as [string, string];
  while (found.length <= page.limit) {
    const person = await nextWithEvidence(source, last, after);
    if (person === undefined) break;
    for (const due of await dueOf(source, person, { schemes, mergers, end: asOf })) {
      const given = person === last && due.evidence <= after;
      if (!given && due.keeping.until <= on) found.push(due);
    }
    [last, after] = [person, END];
    await turn();
  }
  const items = pageOf(
    found,
    page,
    ({ member, evidence }) => [member, evidence],
    (due) => due,
  );
  return { ...items, asOf };
}

/** After every id. */
const END = '~';

async function allBooks(
  source: StandingSource,
  end: number,
): Promise<Map<string, PublishedRulebook[]>> {
  const books = new Map<string, PublishedRulebook[]>();
  for (const scheme of schemesIn(await source.rows())) {
    books.set(scheme, await booksAsOf(source, scheme, end));
  }
  return books;
}

async function nextWithEvidence(
  source: StandingSource,
  person: string,
  evidence: string,
): Promise<string | undefined> {
  const next = (await source.rows())
    .prepare(
      'SELECT person FROM evidence WHERE (person, evidence) > (?, ?) ORDER BY person, evidence LIMIT 1',
    )
    .get(person, evidence) as { person: string } | undefined;
  return next?.person;
}

/** What of all others is needed to say what is due of one. */
interface Known {
  schemes: ReadonlyMap<string, readonly PublishedRulebook[]>;
  mergers: ReturnType<typeof knownMergers>;
  end: number;
}

/** Evidence of a person that a rulebook lets go some day, in the order of its ids. */
async function dueOf(
  source: StandingSource,
  person: string,
  { schemes, mergers, end }: Known,
): Promise<EvidenceDue[]> {
  const database = await source.rows();
  const keeper = keeperOf(person, mergers);
  const facts = openStandingRows(database).factsOf(keeper, end);
  const kept = keptUntil(schemes, facts.filter(isStatementFact));
  const rows = database
    .prepare(
      // Ids of one human are held together: a claim's id is of one of them alone.
      `SELECT evidence, claim, file FROM evidence WHERE person = ? AND NOT EXISTS (
         SELECT 1 FROM evidence_kept_back AS back
         WHERE back.person IN (SELECT value FROM json_each(?))
           AND (back.claim IS NULL OR back.claim = evidence.claim))
       ORDER BY evidence`,
    )
    .all(person, JSON.stringify(idsOf(keeper, mergers))) as Row[];
  return rows.flatMap(({ evidence, claim, file }) => {
    const keeping = kept.get(claim);
    return keeping === undefined
      ? []
      : [{ member: person, claim, evidence, file: file === 1, keeping }];
  });
}
