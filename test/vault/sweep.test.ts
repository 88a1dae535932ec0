import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { evidenceSweeper, type Swept } from '../../src/commands/sweep-evidence.ts';
import { course, made, startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

const pdf = new TextEncoder().encode('%PDF-1.7\na certificate\n%%EOF\n');
const HOUR_MS = 3_600_000;

describe('The sweep of the evidence folder', () => {
  const home = tempDir();
  const folder = join(home, 'evidence');
  let society: TestSociety;
  before(async () => {
    society = await startSociety(home);
  });
  after(() => society.close());

  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  /** A sweep as a process makes it that starts so many hours from now. */
  const sweep = (hours: number, signal = new AbortController().signal): Promise<Swept> => {
    const { store, vault, evidence } = society.ledger;
    return evidenceSweeper(store, vault, evidence)(inHours(hours), signal);
  };
  const files = () => readdirSync(folder).filter((name) => name !== 'aside');
  const nothing: Swept = { setAside: [], broughtBack: [], deleted: [] };

  /** A file on disk whose fact was never written. */
  async function orphan(): Promise<string> {
    const key = await society.ledger.vault.takeKey();
    const place = { ledgerId: society.ledger.ledgerId, stream: 'member-x', evidenceId: v4() };
    return (await society.ledger.evidence.put({ bytes: pdf, key, place })).blob;
  }
  /** A file that a claim of the member names. */
  async function attached(): Promise<{ blob: string; evidence: string }> {
    const had = new Set(files());
    const at = `/v1/members/${society.people.member}/claims`;
    const { ids } = await made(society.clients.member.post(at, course));
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Idempotency-Key': v4(),
      'File-Name': 'a.pdf',
    };
    const init = { method: 'POST', body: pdf, headers };
    const sent = society.clients.member.send(`${at}/${ids.claim}/files`, init);
    const { evidence } = (await made(sent)).ids;
    return { evidence, blob: files().find((name) => !had.has(name)) ?? '' };
  }

  it('leaves a file for a day, sets it aside if no fact names it, and deletes it after seven days more', async () => {
    const blob = await orphan();
    expect(await sweep(23)).to.deep.equal(nothing);
    expect(await sweep(25)).to.deep.equal({ ...nothing, setAside: [blob] });
    expect(files()).to.deep.equal([]);
    expect(existsSync(join(folder, 'aside', blob))).to.equal(true);
    expect(await sweep(25 + 7 * 24 - 1)).to.deep.equal(nothing);
    expect(await sweep(25 + 7 * 24 + 1)).to.deep.equal({ ...nothing, deleted: [blob] });
    expect(readdirSync(join(folder, 'aside'))).to.deep.equal([]);
  });

  it('leaves a file that a fact names, however old', async () => {
    const { blob } = await attached();
    expect(await sweep(24 * 400)).to.deep.equal(nothing);
    expect(files()).to.include(blob);
  });

  it('brings back a file that was set aside and is named by a fact after all', async () => {
    const { blob } = await attached();
    await society.ledger.evidence.setAside(blob, inHours(0));
    expect(await sweep(1)).to.deep.equal({ ...nothing, broughtBack: [blob] });
    expect(files()).to.include(blob);
  });

  it('deletes a file whose key is erased, where a stop came between the two', async () => {
    const { blob, evidence } = await attached();
    const { ledger } = society;
    const keyed = { kid: '' };
    for (const { type, data } of await ledger.store.readAll(undefined, 1_000)) {
      const fact = JSON.parse(data);
      if (type === 'EvidenceAttached' && fact.evidenceId === evidence) keyed.kid = fact.kid;
    }
    await ledger.vault.erase({ kids: [keyed.kid], erasedBy: v4() });
    expect(await sweep(25)).to.deep.equal({ ...nothing, deleted: [blob] });
    expect(files()).not.to.include(blob);
  });

  it('finds what is new with one ledger read once, in later sweeps of the same process', async () => {
    const { store, vault, evidence } = society.ledger;
    const sweeper = evidenceSweeper(store, vault, evidence);
    const { signal } = new AbortController();
    expect(await sweeper(inHours(25), signal)).to.deep.equal(nothing);
    const { blob } = await attached();
    const lost = await orphan();
    expect(await sweeper(inHours(49), signal)).to.deep.equal({ ...nothing, setAside: [lost] });
    expect(files()).to.include(blob);
  });

  it('moves nothing when it is stopped before it knows the whole ledger', async () => {
    const blob = await orphan();
    expect(await sweep(400, AbortSignal.abort())).to.deep.equal(nothing);
    expect(files()).to.include(blob);
  });

  it('deletes files that were half written long ago, and leaves those of today', async () => {
    const [old, fresh] = ['old.part', 'fresh.part'].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    for (const path of [old, fresh]) writeFileSync(path, 'half');
    const then = new Date(Date.now() - 8 * 24 * HOUR_MS);
    utimesSync(old, then, then);
    await sweep(0);
    expect([existsSync(old), existsSync(fresh)]).to.deep.equal([false, true]);
  });
});
