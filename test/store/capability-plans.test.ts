import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import * as queries from '../../src/projections/capability/queries.ts';
import { type CapabilitySource, capabilitySource } from '../support/capability-source.ts';

/** Tables that grow with members; all others hold some hundreds of rows. */
const large = /\b(SCAN) (capability_(people|posts|skills|credits))\b/;

describe('the plans of questions about capability', () => {
  let source: CapabilitySource;
  before(async () => {
    source = await capabilitySource([]);
  });
  after(() => source.close());

  function planOf(sql: string): string {
    const most = Math.max(0, ...[...sql.matchAll(/\?(\d)/g)].map(([, n]) => Number(n)));
    const params = Array.from({ length: most }, () => null);
    const rows = source.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params);
    return (rows as { detail: string }[]).map(({ detail }) => detail).join('\n');
  }

  for (const [name, sql] of Object.entries(queries)) {
    it(`${name} scans no table that grows with members`, () => {
      expect(planOf(sql)).not.to.match(large);
    });
  }

  it('one council’s people are found by its index, their posts and skills by their numbers', () => {
    expect(planOf(queries.POSTS_AT)).to.match(
      /SEARCH capability_posts USING INDEX capability_posts_by_organisation \(organisation=\?\)/,
    );
    expect(planOf(queries.POSTS_OF)).to.match(
      /SEARCH capability_posts USING PRIMARY KEY \(member=\?/,
    );
    expect(planOf(queries.SKILLS_OF)).to.match(
      /SEARCH capability_skills USING PRIMARY KEY \(member=\?/,
    );
  });

  it('would be seen to scan, did the index not stand', () => {
    source.database.exec('DROP INDEX capability_posts_by_organisation');
    expect(planOf(queries.POSTS_AT)).to.match(large);
  });
});
