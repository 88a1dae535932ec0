import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { clientOf } from '../support/server.ts';
import { course } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { prepareSociety } from './prepared.ts';
import { callsIn, type SystemCall, straceOptions, whyNoTrace } from './trace.ts';

const AT_ONCE = 64;
const CLAIMS = 400;

describe('what was answered', () => {
  it('had been flushed to the disk before, once for each group', async function () {
    const why = whyNoTrace();
    if (why !== undefined) {
      process.stdout.write(`      not looked at: ${why}\n`);
      this.skip();
    }
    const home = tempDir();
    const { members } = await prepareSociety(home, AT_ONCE);
    const trace = join(tempDir(), 'trace');
    const server = await startProcess(home, { under: ['strace', ...straceOptions, trace] });
    const answered = await claimed(server, members);
    expect(await server.end('SIGTERM')).to.deep.equal({ code: 0, signal: null });

    const { commits, flushes, late } = followed(await callsIn(trace), answered);
    expect(late, 'answers before their flush').to.deep.equal([]);
    expect(flushes, 'flushes of groups').to.equal(commits);
    expect(commits, 'groups').to.be.within(1, CLAIMS - 1);
  }).timeout(120_000);
});

/** Claims of many members at once; the ids of the commands that were answered. */
async function claimed(
  { url }: ServerProcess,
  members: readonly { id: string; token: string }[],
): Promise<string[]> {
  const answered: string[] = [];
  const work = async ({ id, token }: { id: string; token: string }): Promise<void> => {
    const client = clientOf(url, token);
    for (let n = 0; n < CLAIMS / AT_ONCE; n++) {
      const { status, body } = await client.post(`/v1/members/${id}/claims`, course);
      expect(status).to.equal(201);
      answered.push(body.commandId as string);
    }
  };
  await Promise.all(members.map(work));
  return answered;
}

/**
 * Follows the ledger's log and the answers through a trace: which commands stand in the log, which of them were
 * flushed, and which answers went out before.
 */
function followed(calls: readonly SystemCall[], answered: readonly string[]) {
  const awaited = new Set(answered);
  const written = new Set<string>();
  const flushed = new Set<string>();
  let [commits, flushes, open] = [0, 0, 0];
  const late: string[] = [];
  for (const { name, file, bytes } of calls) {
    if (file.endsWith('/ledger.db-wal')) {
      if (name === 'pwrite64') {
        for (const id of idsIn(bytes)) written.add(id);
        if (isCommit(bytes)) open += 1;
        continue;
      }
      // Flushes of an empty log (its header is written anew after a checkpoint) cover no group.
      if (open === 0) continue;
      expect(open, 'groups in one flush').to.equal(1);
      commits += open;
      flushes += 1;
      open = 0;
      for (const id of written) flushed.add(id);
      written.clear();
    } else if (bytes.startsWith('HTTP/1.1 201')) {
      for (const id of idsIn(bytes)) {
        if (awaited.delete(id) && !flushed.has(id)) late.push(id);
      }
    }
  }
  expect(open, 'groups without a flush').to.equal(0);
  expect([...awaited], 'answers that were not seen').to.deep.equal([]);
  return { commits, flushes, late };
}

/** Ids of commands in the clear, in a fact's metadata or in an answer. */
function idsIn(bytes: string): string[] {
  return [...bytes.matchAll(/"commandId":"([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '');
}

/** A frame's header in SQLite's log has 24 bytes; its second number is not zero where a transaction ends. */
function isCommit(bytes: string): boolean {
  return bytes.length === 24 && bytes.slice(4, 8) !== '\0\0\0\0';
}
