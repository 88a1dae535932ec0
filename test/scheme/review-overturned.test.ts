import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Claims, evolveClaims, lineStateOf } from '../../src/commands/claim-state.ts';
import { decode } from '../../src/events/codec.ts';
import { type AnyFact, registry } from '../../src/events/registry.ts';
import { awardedBy, awardedSums } from '../../src/scheme/awarded.ts';
import { isAwardFact, isLineFact } from '../../src/scheme/facts.ts';
import { accountsOf } from '../../src/scheme/standing.ts';
import { chronicle, idOf, kidOf } from '../support/chronicle.ts';
import { approval, decidedBy, lineOf } from '../support/history-claims.ts';
import { streamOf } from '../support/history-told.ts';

describe('a review that overturns an approval', () => {
  it('leaves a line as it is that was revoked before and rejected since', () => {
    const said = chronicle();
    const stream = streamOf(idOf('ada'));
    const claimId = idOf('claim');
    const lines = ['gone', 'stands'].map((name) => lineOf(name, 2));
    const [gone = '', stands = ''] = lines.map(({ lineId }) => lineId);
    const decision = decidedBy(said, 'assessor');
    said.say(stream, [{ type: 'Claimed', data: { claimId, kid: kidOf('claim'), lines } }]);
    const approved = approval(claimId, [gone, stands], decision, () => 0);
    const under = said.say(stream, [approved])[0]?.id ?? '';
    const about = { claimId, approval: under, decision };
    const effect = { kind: 'void' as const };
    said.say(stream, [{ type: 'ApprovalRevoked', data: { ...about, lines: [gone], effect } }]);
    said.say(stream, [{ type: 'ClaimRejected', data: { claimId, lines: [gone], decision } }]);
    const review = said.say(stream, [{ type: 'ReviewOpened', data: about }])[0]?.id ?? '';
    said.say(stream, [{ type: 'ReviewOverturned', data: { ...about, review } }]);

    const facts = said.events.map((event) => decode(event, registry, true) as AnyFact);
    const claims: Claims = new Map();
    for (const fact of facts) evolveClaims(claims, fact);
    const claim = claims.get(claimId);
    expect(claim && [gone, stands].map((line) => lineStateOf(claim, line))).to.deep.equal([
      'rejected',
      'revoked',
    ]);
    const shown = accountsOf(facts.filter(isLineFact));
    expect(shown.map(({ standing }) => standing)).to.deep.equal(['rejected', 'revoked']);
    expect(awardedSums(awardedBy(facts.filter(isAwardFact)))).to.deep.equal([]);
  });
});
