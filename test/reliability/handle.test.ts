import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { claimActivity } from '../../src/commands/claim.ts';
import { carryOut } from '../../src/commands/correct.ts';
import { approveCorrection, proposeCorrection } from '../../src/commands/correction.ts';
import { erase } from '../../src/commands/erase.ts';
import { handle } from '../../src/commands/handle.ts';
import { changeGrade, endMembership } from '../../src/commands/membership.ts';
import type { OpenLedger } from '../../src/main/open.ts';
import {
  anHour,
  asking,
  beginScheme,
  claims,
  newMember,
  openAt,
  refusal,
  request,
  run,
} from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

describe('a command, from request to answer', () => {
  let home: string;
  let ledger: OpenLedger;
  let scheme: string;
  let member: string;
  let time: string;
  beforeEach(async () => {
    home = tempDir();
    time = '2026-03-10T09:00:00.000Z';
    ledger = await openAt(home, () => time);
    scheme = await beginScheme(ledger);
    member = await newMember(ledger, scheme);
  });
  afterEach(() => ledger.close());

  const facts = () => ledger.store.readStream(`member-${member}`, 0n);
  const types = async (): Promise<string[]> => (await facts()).map(({ type }) => type);
  const recorded = async (): Promise<string[]> =>
    (await facts()).map(({ metadata }) => JSON.parse(metadata).recordedAt);

  it('is answered the same when it is sent again, also after others wrote', async () => {
    const asked = request(claimActivity, member, anHour());
    const first = await handle(ledger, asked);
    await claims(ledger, member);
    const again = await handle(ledger, asked);
    expect(again).to.deep.equal({ ...first, repeated: true });
    expect(await types()).to.deep.equal(['Registered', 'SchemeJoined', 'Claimed', 'Claimed']);
  });

  it('is another command from another person, and for another member', async () => {
    const key = v4();
    const other = await newMember(ledger, scheme);
    const [one, two] = [v4(), v4()];
    const first = await claims(ledger, member, asking(one, key));
    const byAnother = await claims(ledger, member, asking(two, key));
    const ofAnother = await claims(ledger, other, asking(one, key));
    const ids = [first, byAnother, ofAnother].map(({ commandId }) => commandId);
    expect(new Set(ids)).to.have.length(3);
    expect([byAnother.repeated, ofAnother.repeated]).to.deep.equal([false, false]);
  });

  it('is refused under the key of another body, of another path, and of another command', async () => {
    const asked = asking();
    await claims(ledger, member, asked);
    const other = request(claimActivity, member, anHour('Another'), asked);
    expect(await refusal(handle(ledger, other))).to.equal('key-reused');
    const path = { claim: v4() };
    expect(await refusal(claims(ledger, member, { ...asked, path }))).to.equal('key-reused');
    const grade = { grade: 'fellow', effectiveOn: '2026-01-01' };
    expect(await refusal(run(ledger, changeGrade, member, grade, asked))).to.equal('key-reused');
  });

  it('counts as the same when what it said was erased: the first answer is given', async () => {
    const asked = asking();
    const first = await claims(ledger, member, asked);
    const body = { scope: 'person' as const };
    await erase(ledger, { subject: member, body, raw: body, ...asking() });
    const other = request(claimActivity, member, anHour('Another'), asked);
    expect(await handle(ledger, other)).to.deep.equal({ ...first, repeated: true });
  });

  it('is refused where If-Match is not the revision, but a repeat is answered whatever it says', async () => {
    const asked = asking();
    const first = await claims(ledger, member, { ...asked, ifMatch: 1n });
    expect(first.revision).to.equal(2n);
    const stale = claims(ledger, member, { ifMatch: 1n });
    expect(await refusal(stale)).to.equal('PreconditionFailed');
    const again = await claims(ledger, member, { ...asked, ifMatch: 1n });
    expect(again).to.deep.equal({ ...first, repeated: true });
  });

  it('gives its key back when it is refused, and keeps it when it was written', async () => {
    const next = await ledger.vault.takeKey();
    ledger.vault.giveBack(next.kid);
    const early = { lines: [{ ...anHour().lines[0], from: '2026-05-01' }] };
    expect(await refusal(run(ledger, claimActivity, member, early))).to.equal('claimed-too-early');
    await claims(ledger, member);
    const claimed = JSON.parse((await facts()).at(-1)?.data ?? '{}');
    expect(claimed.kid).to.equal(next.kid);
    const after = await ledger.vault.takeKey();
    expect(after.kid).to.not.equal(next.kid);
    ledger.vault.giveBack(after.kid);
  });

  it('gives its key back where what was written has no use for it', async () => {
    const next = await ledger.vault.takeKey();
    ledger.vault.giveBack(next.kid);
    await run(ledger, changeGrade, member, { grade: 'fellow', effectiveOn: '2026-01-01' });
    await claims(ledger, member);
    expect(JSON.parse((await facts()).at(-1)?.data ?? '{}').kid).to.equal(next.kid);
  });

  it('is never recorded before what its stream holds, though the clock goes back', async () => {
    time = '2026-03-10T10:00:00.000Z';
    await claims(ledger, member);
    time = '2026-03-10T09:59:59.500Z';
    await claims(ledger, member);
    expect((await recorded()).slice(-2)).to.deep.equal([
      '2026-03-10T10:00:00.000Z',
      '2026-03-10T10:00:00.000Z',
    ]);
  });

  it('is decided without a fact that was retracted, which is folded as if it never was', async () => {
    const ended = await run(ledger, endMembership, member, {
      how: 'Lapsed',
      effectiveOn: '2026-01-01',
    });
    expect(await refusal(claims(ledger, member))).to.equal('membership-ended');
    const item = { person: member, eventId: ended.events[0]?.id };
    const correction = v4();
    await run(ledger, proposeCorrection, correction, {
      item,
      change: { kind: 'retract' },
      reasons: ['administrative-error'],
      asOf: 1,
    });
    const { state } = await ledger.streams.load('correction', correction);
    await run(ledger, approveCorrection, correction, { digest: state.proposal?.digest });
    await carryOut(ledger, correction, v4());
    expect((await claims(ledger, member)).repeated).to.equal(false);
    // What was retracted was said all the same: its command is still told when it is repeated.
    expect((await types()).slice(-3)).to.deep.equal(['Lapsed', 'FactRetracted', 'Claimed']);
  });
});
