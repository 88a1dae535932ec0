import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { withoutRetracted } from '../../src/events/retraction.ts';
import type { ViewFact } from '../../src/projections/projection.ts';
import { standing } from '../../src/projections/standing.ts';
import { standingPage } from '../../src/projections/standing-report.ts';
import { openStandingRows } from '../../src/projections/standing-rows.ts';
import { createViewsFile } from '../../src/projections/views-file.ts';
import { isStatementFact, type StatementFact } from '../../src/scheme/facts.ts';
import { type Award, type Recorded, recordedBy } from '../../src/scheme/recorded.ts';
import type { Database } from '../../src/store/driver.ts';
import { claimant, claimFacts, retractedFacts, schemes } from '../support/claim-facts.ts';
import { histories } from '../support/histories.ts';
import { scheme } from '../support/history-told.ts';
import { sourceOf } from '../support/standing-source.ts';
import { tempDir } from '../support/temp.ts';

/** Rows after these facts, written after each or at the end. */
function rowsOf(facts: readonly ViewFact[], writing: 'each' | 'at the end'): Database {
  const database = createViewsFile(join(tempDir(), 'views.db'), [standing]);
  const following = standing.on(database);
  for (const [place, fact] of facts.entries()) {
    if (fact.type === 'FactRetracted') following.retract(fact, facts.slice(0, place));
    else following.apply(fact);
    if (writing === 'each') following.flush();
  }
  following.flush();
  return database;
}

/** Without what is not kept: ids of facts and lines, and the time of a day; in the order of claims. */
function kept({ awards }: Recorded) {
  return awards
    .map(({ line, category, points, rulebook, elsewhere }) => {
      const { lineId: _id, handedIn, ...rest } = line;
      const day = handedIn.submittedOn ?? handedIn.recordedAt.slice(0, 10);
      return { ...rest, day, category, points, version: rulebook.version, elsewhere };
    })
    .sort((a, b) => a.claimed - b.claimed);
}

/** How many lines there are, and how many of them have several awards. */
function linesIn({ awards }: Recorded) {
  return awards.map((award) => awards.findIndex(({ line }) => line.lineId === award.line.lineId));
}

const either = fc.oneof(claimFacts, retractedFacts);
const byClaim = (a: Award, b: Award): number => a.line.claimed - b.line.claimed;
const cycles = fc.constantFrom('2023', '2024', '2025', '2026');

function claimsIn(database: Database): unknown[] {
  return database.prepare('SELECT * FROM standing_claims ORDER BY person, claim').all();
}

describe('what is kept of a claim', function () {
  this.timeout(60_000);

  it('is the same whether its facts were in memory together or read one by one', () => {
    fc.assert(
      fc.property(either, (facts) => {
        const [one, many] = [rowsOf(facts, 'each'), rowsOf(facts, 'at the end')];
        expect(claimsIn(many)).to.deep.equal(claimsIn(one));
        one.close();
        many.close();
      }),
      { numRuns: 200 },
    );
  });

  it('is all that its facts say to the rules of counting, in either scheme', () => {
    fc.assert(
      fc.property(either, fc.constantFrom(...schemes), (facts, scheme) => {
        const database = rowsOf(facts, 'at the end');
        const [known] = openStandingRows(database).knownOf([claimant], scheme, facts.length);
        const recorded = recordedBy(
          withoutRetracted(facts).filter(isStatementFact) as StatementFact[],
          scheme,
        );
        // The order of claims is none of the rules' business: each has an index of its own.
        const inOrder = { ...recorded, awards: [...recorded.awards].sort(byClaim) };
        const found = known?.recorded as Recorded;
        const ours = { ...found, awards: [...found.awards].sort(byClaim) };
        expect(kept(ours)).to.deep.equal(kept(inOrder));
        expect(linesIn(ours)).to.deep.equal(linesIn(inOrder));
        expect(found.timeline).to.deep.equal(recorded.timeline);
        database.close();
      }),
      { numRuns: 300 },
    );
  });

  it('gives the standing of now that the facts give, and is asked for it', async () => {
    let differed = 0;
    await fc.assert(
      fc.asyncProperty(histories, cycles, async (events, cycle) => {
        const source = await sourceOf(events);
        const database = await source.rows();
        const asked = [{ scheme, on: '2026-12-31', cycle }, { limit: 500 }] as const;
        const quick = await standingPage(source, ...asked);
        // As if each claim had changed since: then facts are folded.
        database.exec('UPDATE standing_claims SET changed = changed + 1000000');
        expect(await standingPage(source, ...asked)).to.deep.equal(quick);
        database.exec('UPDATE standing_claims SET changed = changed - 1000000, now = NULL');
        const without = await standingPage(source, ...asked);
        const counted = (page: typeof quick) => page.items.map((one) => one.awarded).join();
        if (counted(without) !== counted(quick)) differed += 1;
        source.close();
      }),
      { numRuns: 60 },
    );
    expect(differed).to.be.greaterThan(0);
  });
});
