import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataKey } from '../events/sealing.ts';
import { type EvidencePlace, type EvidenceStore, VaultRefused } from './vault.ts';
import { openBytes, sealBytes } from './wrapping.ts';
import { flushFolder } from './wrapping-key.ts';

const BLOB = /^[0-9a-f]{64}$/;

/**
 * Evidence files in a folder, made when absent: iv, ciphertext and tag of AES-256-GCM in one file, named by the
 * SHA-256 of these bytes. A name is there only when its bytes are whole and flushed.
 */
export function openEvidenceFolder(options: { folder: string }): EvidenceStore {
  const { folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = join(folder, 'aside');
  return {
    async put({ bytes, key, place }) {
      const sealed = sealBytes(key.box, aad(place, key), bytes);
      const blob = sha256(sealed);
      await writeWhole(folder, blob, sealed);
      return { blob, size: sealed.length };
    },
    async get(blob, key, place) {
      const sealed = await bytesOf(folder, blob);
      if (sha256(sealed) !== blob) broken(blob, 'its bytes are not those that it is named by');
      try {
        return openBytes(key.box, aad(place, key), sealed);
      } catch {
        return broken(blob, 'it was sealed under another key or for another place');
      }
    },
    async state(blob) {
      try {
        return sha256(await bytesOf(folder, blob)) === blob ? 'whole' : 'broken';
      } catch (error) {
        if (error instanceof VaultRefused) return 'missing';
        throw error;
      }
    },
    async delete(blob) {
      await rm(pathOf(folder, blob), { force: true });
      flushFolder(folder);
    },
    list: async () => blobsIn(folder),
    storedBefore: async (instant) => olderThan(folder, await blobsIn(folder), instant),
    async setAside(blob, instant) {
      await mkdir(aside, { recursive: true, mode: 0o700 });
      const time = new Date(instant);
      await utimes(pathOf(folder, blob), time, time);
      await rename(pathOf(folder, blob), pathOf(aside, blob));
      for (const changed of [folder, aside]) flushFolder(changed);
    },
    listAside: async () => blobsIn(aside),
    async bringBack(blob) {
      await rename(pathOf(aside, blob), pathOf(folder, blob));
      for (const changed of [folder, aside]) flushFolder(changed);
    },
    async deleteAside(instant) {
      const drafts = (await readdir(folder)).filter((name) => name.endsWith('.part'));
      for (const name of await olderThan(folder, drafts, instant)) await rm(join(folder, name));
      const gone = await olderThan(aside, await blobsIn(aside), instant);
      for (const blob of gone) await rm(pathOf(aside, blob), { force: true });
      return gone;
    },
  };
}

/** JCS of an array of text is what JSON.stringify writes (RFC 8785, 3.2.2.2). */
function aad(place: EvidencePlace, key: DataKey): Uint8Array {
  return Buffer.from(
    JSON.stringify([place.ledgerId, place.stream, place.evidenceId, key.kid]),
    'utf8',
  );
}

async function writeWhole(folder: string, blob: string, sealed: Uint8Array): Promise<void> {
  const draft = join(folder, `${randomUUID()}.part`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(sealed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, blob));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  flushFolder(folder);
}

async function bytesOf(folder: string, blob: string): Promise<Buffer> {
  try {
    return await readFile(pathOf(folder, blob));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new VaultRefused('evidence-missing', `there is no evidence file ${blob}`);
  }
}

/** Names of files in a folder, in order; none where it is not there. */
async function blobsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => BLOB.test(name)).sort();
}

async function olderThan(folder: string, names: string[], instant: string): Promise<string[]> {
  const time = Date.parse(instant);
  const older: string[] = [];
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < time) older.push(name);
  }
  return older;
}

/** A name from outside never leads out of the folder. */
function pathOf(folder: string, blob: string): string {
  if (!BLOB.test(blob))
    throw new VaultRefused('evidence-missing', 'no evidence file has such a name');
  return join(folder, blob);
}

function broken(blob: string, why: string): never {
  throw new VaultRefused('evidence-broken', `evidence file ${blob} cannot be opened: ${why}`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
