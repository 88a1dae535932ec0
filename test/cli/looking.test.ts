import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { type Prepared, prepared } from './prepared.ts';
import { ran, run } from './run.ts';

/** Type and points awarded of each line that `history` prints. */
function storyOf(out: string): [type: string, awarded: string][] {
  const lines = out.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => {
    const [, , , type = '', , awarded = ''] = line.trim().split(/\s+/);
    return [type, awarded];
  });
}

describe('verbs that look at a member', () => {
  let ledger: Prepared;
  before(async () => {
    ledger = await prepared();
  });

  it('history shows every fact of a member with the points awarded after it, by number or id', async () => {
    const byNumber = await ran(ledger.home, ['history', ledger.number]);
    expect(storyOf(byNumber)).to.deep.equal([
      ['Registered', '0.00'],
      ['SchemeJoined', '0.00'],
      ['Claimed', '0.00'],
      ['ClaimApproved', '3.00'],
      ['Claimed', '3.00'],
      ['ClaimApproved', '6.00'],
      ['ApprovalRevoked', '3.00'],
    ]);
    expect(await ran(ledger.home, ['history', ledger.member])).to.equal(byNumber);
  });

  it('history as of an index leaves out what came later, and so does the time of that fact', async () => {
    const index = String(ledger.revokedAt);
    const then = await ran(ledger.home, ['history', ledger.number, '--as-of', index]);
    expect(storyOf(then).at(-1)).to.deep.equal(['ClaimApproved', '6.00']);
    const whole = JSON.parse(await ran(ledger.home, ['history', ledger.number, '--json']));
    const { recordedAt } = whole.facts.at(-2);
    const args = ['history', ledger.number, '--json', '--as-of', recordedAt];
    expect(JSON.parse(await ran(ledger.home, args)).facts).to.deep.equal(whole.facts.slice(0, -1));
  });

  it('statement shows what is awarded in a cycle, now and as of an index', async () => {
    const args = ['statement', ledger.number, '--cycle', '2026'];
    const now = await ran(ledger.home, args);
    expect(now).to.match(/^awarded +3\.00/m);
    expect(now).to.match(/course +3 h +3 h +0\.00 +0\.00 {2}revoked$/m);
    expect(now).to.match(/course +3 h +3 h +3\.00 +3\.00 {2}approved$/m);
    const then = await ran(ledger.home, [...args, '--as-of', String(ledger.revokedAt)]);
    expect(then).to.match(/^awarded +6\.00/m);
    const json = JSON.parse(await ran(ledger.home, [...args, '--json']));
    expect(json.statement.awarded).to.equal(300);
  });

  it('they say in one line whom, when, and which year they cannot find', async () => {
    const asked: [string[], RegExp][] = [
      [
        ['history', 'M-404'],
        /no member has the number "M-404": a membership number or a person id/,
      ],
      [
        ['history', ledger.number, '--as-of', 'monday'],
        /--as-of is "monday": an index .* or a time/,
      ],
      [
        ['history', ledger.number, '--as-of', '2026-01-31T12:00:00'],
        /a time \(2026-01-31T12:00:00Z\)/,
      ],
      [['history', ledger.number, '--as-of', '1'], /CANARY-member had no fact then/],
      [['statement', ledger.number, '--cycle', 'now'], /cycle/],
      [
        ['statement', ledger.number, '--on', '31/1/2026'],
        /--on is "31\/1\/2026": a day is expected/,
      ],
    ];
    for (const [args, says] of asked) {
      const { code, out, err } = await run(ledger.home, args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err)
        .to.match(says)
        .and.to.match(/^skills-ledger: [^\n]+\n$/);
    }
  });
});
