import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { openDatabase } from '../../src/store/driver.ts';
import { type Prepared, prepared } from '../cli/prepared.ts';
import { ran } from '../cli/run.ts';
import { madeTables, untold } from './views-page.ts';
import { viewsTables } from './views-tables.ts';

describe('views.db', () => {
  it('has no table and no column that is not documented, and none is documented that is not there', () => {
    expect(untold(madeTables(), viewsTables)).to.deep.equal([]);
  });

  it('would be told of a column that is new, and of one that is gone', () => {
    const { queue, ...others } = viewsTables;
    const { kinds: _, ...columns } = queue?.columns ?? {};
    const told = { ...others, queue: { says: '', columns: { ...columns, gone: '' } } };
    expect(untold(madeTables(), told)).to.deep.equal(['queue.gone', 'queue.kinds']);
  });

  describe('asked in plain SQL, as an analyst would', () => {
    let ledger: Prepared;
    before(async () => {
      ledger = await prepared();
      // Any report brings the rows up to date.
      await ran(ledger.home, ['export', 'balances']);
    });

    function asked(sql: string): unknown[] {
      const database = openDatabase(join(ledger.home, 'views.db'), { readOnly: true });
      try {
        return database
          .prepare(sql)
          .all()
          .map((row) => ({ ...(row as object) }));
      } finally {
        database.close();
      }
    }

    it('says how far it has come, and what each member was awarded', () => {
      const [{ count } = { count: 0 }] = asked('SELECT count FROM checkpoint') as {
        count: number;
      }[];
      expect(count).to.equal(ledger.revokedAt + 1);
      expect(
        asked('SELECT member, category, points / 100.0 AS points FROM balances'),
      ).to.deep.equal([{ member: ledger.member, category: 'training', points: 3 }]);
    });

    it('joins, and opens what is JSON', () => {
      const sql = `
        SELECT said ->> 'kind' AS kind, count(*) AS decisions
        FROM decisions JOIN standing_members ON standing_members.person = decisions.member
        WHERE scheme = '${ledger.scheme}' GROUP BY kind ORDER BY kind`;
      expect(asked(sql)).to.deep.equal([
        { kind: 'approved', decisions: 2 },
        { kind: 'revoked', decisions: 1 },
      ]);
    });

    it('counts members by grade as known at an index, on a day', () => {
      const at = (index: number) =>
        asked(`
          SELECT grade, sum(people) / 100.0 AS people FROM capability_posts
          WHERE recorded_from < ${index} AND coalesce(recorded_until, ${index}) >= ${index}
            AND effective_from <= 20260630 AND coalesce(effective_until, 99999999) > 20260630
          GROUP BY grade`);
      expect(at(ledger.revokedAt)).to.deep.equal([{ grade: 'full', people: 3 }]);
      expect(at(0)).to.deep.equal([]);
    });
  });
});
