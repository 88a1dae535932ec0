import { streamParts } from '../events/ids.ts';
import { retractedBy } from '../events/retraction.ts';
import type { Database } from '../store/driver.ts';
import type { Following, Projection, ViewFact } from './projection.ts';

/**
 * Evidence whose key was not erased, and what keeps some of it back: holds, reviews and appeals that are open. A row
 * is deleted with what it tells of, so that they are as many as there is evidence left.
 */
export const evidence: Projection = {
  name: 'evidence',
  version: 1,
  tables: [
    `CREATE TABLE evidence (
      person TEXT NOT NULL,
      evidence TEXT NOT NULL,
      claim TEXT NOT NULL,
      kid TEXT NOT NULL,
      file INTEGER NOT NULL,
      PRIMARY KEY (person, evidence)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE evidence_kept_back (
      person TEXT NOT NULL,
      kept_by TEXT NOT NULL,
      claim TEXT,
      PRIMARY KEY (person, kept_by)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: [],
  types: [
    'EvidenceAttached',
    'Erased',
    'HoldPlaced',
    'HoldLifted',
    'ReviewOpened',
    'ReviewUpheld',
    'ReviewOverturned',
    'AppealLodged',
    'AppealUpheld',
    'AppealDismissed',
  ],
  on: follow,
};

function follow(database: Database): Following {
  const attach = database.prepare('INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?, ?)');
  const erase = database.prepare(
    'DELETE FROM evidence WHERE person = ? AND kid IN (SELECT value FROM json_each(?))',
  );
  const keepBack = database.prepare('INSERT OR REPLACE INTO evidence_kept_back VALUES (?, ?, ?)');
  const letGo = database.prepare('DELETE FROM evidence_kept_back WHERE person = ? AND kept_by = ?');
  const forget = ['evidence', 'evidence_kept_back'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE person = ?`),
  );

  const apply = (fact: ViewFact): void => {
    const { id: person } = streamParts(fact.stream);
    switch (fact.type) {
      case 'EvidenceAttached': {
        const { evidenceId, claimId, kid, file } = fact.data;
        attach.run(person, evidenceId, claimId, kid, file === undefined ? 0 : 1);
        return;
      }
      case 'Erased':
        erase.run(person, JSON.stringify(fact.data.kids));
        return;
      case 'HoldPlaced':
        keepBack.run(person, fact.data.holdId, fact.data.claim ?? null);
        return;
      case 'HoldLifted':
        letGo.run(person, fact.data.holdId);
        return;
      case 'ReviewOpened':
      case 'AppealLodged':
        keepBack.run(person, fact.id, fact.data.claimId);
        return;
      case 'ReviewUpheld':
      case 'ReviewOverturned':
        letGo.run(person, fact.data.review);
        return;
      case 'AppealUpheld':
      case 'AppealDismissed':
        letGo.run(person, fact.data.appeal);
    }
  };
  return {
    apply,
    retract({ stream }, facts) {
      const { id: person } = streamParts(stream);
      for (const statement of forget) statement.run(person);
      const gone = retractedBy(facts);
      // Evidence that never was is there all the same, until its key is erased.
      for (const fact of facts) {
        if (fact.type === 'EvidenceAttached' || !gone.has(fact.id)) apply(fact);
      }
    },
    flush: () => undefined,
  };
}
