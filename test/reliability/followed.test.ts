import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { amendClaim, claimActivity } from '../../src/commands/claim.ts';
import type { Ledger } from '../../src/commands/handle.ts';
import { foldedStreams } from '../../src/commands/streams.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { type Double, startDouble } from '../store/kurrentdb-double/double.ts';
import {
  anHour,
  asking,
  beginScheme,
  claims,
  newMember,
  openAt,
  refusal,
  run,
} from '../support/ledger.ts';
import { tempDir } from '../support/temp.ts';

const now = (): string => '2026-03-10T09:00:00.000Z';

describe('a command on what was followed', function () {
  this.timeout(30_000);
  let ledger: OpenLedger;
  let member: string;
  /** The same ledger, where the first look of a command is one that others are ahead of. */
  let behind: OpenLedger;
  beforeEach(async () => {
    ledger = await openAt(tempDir(), now);
    member = await newMember(ledger, await beginScheme(ledger));
    behind = { ...ledger, ...lagging(ledger.store) };
    await behind.streams.load('member', member);
  });
  afterEach(() => ledger.close());

  const lagging = (store: EventStore): Pick<Ledger, 'store' | 'streams'> => {
    let looks = 0;
    const followed: EventStore['followed'] = () => (looks++ === 0 ? [] : undefined);
    const late = { ...store, followed };
    return { store: late, streams: foldedStreams(late) };
  };

  it('is decided again where that would refuse it, and another has made it right', async () => {
    const { commandId } = await claims(ledger, member);
    const path = { claim: newIdOf(commandId, 'claim') };
    const { revision } = await run(behind, amendClaim, member, anHour('Amended'), { path });
    expect(revision).to.equal(3n);
  });

  it('is refused where it is refused by all there is', async () => {
    const path = { claim: v4() };
    expect(await refusal(run(behind, amendClaim, member, anHour(), { path }))).to.equal(
      'claim-unknown',
    );
  });

  it('looks again before it says that a revision is not the one that the caller saw', async () => {
    const { revision } = await claims(ledger, member);
    const answer = await run(behind, claimActivity, member, anHour(), { ifMatch: revision });
    expect(answer.revision).to.equal(revision + 1n);
    const late = run(behind, claimActivity, member, anHour(), { ifMatch: revision });
    expect(await refusal(late)).to.equal('PreconditionFailed');
  });

  it('is told as a repeat where another process has done the same', async () => {
    const asked = asking();
    const first = await claims(ledger, member, asked);
    const again = await claims(behind, member, asked);
    expect(again).to.deep.equal({ ...first, repeated: true });
  });
});

describe('a ledger on a cluster', function () {
  this.timeout(30_000);
  let double: Double;
  let ledger: OpenLedger;
  beforeEach(async () => {
    double = await startDouble();
    const settings = readSettings({ LEDGER_HOME: tempDir(), LEDGER_STORE: double.address });
    const clock = (): string => new Date().toISOString();
    ledger = await openLedger(settings, clock, { name: 'Test Society', demo: false });
  });
  afterEach(async () => {
    await ledger.close();
    await double.close();
  });

  it('reads for a claim nothing of the member’s stream that it has followed, before or after', async () => {
    const member = await newMember(ledger, await beginScheme(ledger));
    await claims(ledger, member);
    const before = { ...double.faults.calls };
    await claims(ledger, member);
    const { append, readStream } = double.faults.calls;
    // The scheme's: what is decided on it is protected by nothing else.
    expect([append - before.append, readStream - before.readStream]).to.deep.equal([1, 1]);
  });

  it('reads once for many who look at one stream at the same moment', async () => {
    const scheme = await beginScheme(ledger);
    const before = double.faults.calls.readStream;
    const loads = Array.from({ length: 50 }, () => ledger.streams.load('scheme', scheme));
    const revisions = new Set((await Promise.all(loads)).map(({ revision }) => revision));
    expect([...revisions]).to.deep.equal([0n]);
    // One that began before the others asked, and one for all of them.
    expect(double.faults.calls.readStream - before).to.equal(2);
  });
});
