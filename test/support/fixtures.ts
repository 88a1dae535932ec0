import { createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Stored } from '../../src/events/codec.ts';
import type { DataKey, Texts } from '../../src/events/sealing.ts';
import { canonical } from '../../src/proofs/jcs.ts';

/** The committed folder, not its copy in dist. */
const folder = fileURLToPath(new URL('../../../test/fixtures/', import.meta.url));
export const factsFolder = `${folder}facts/`;

/** The ledger that all committed facts belong to. */
export const fixtureLedger = '1ed9e000-0000-4000-8000-000000000001';

/** A fact as it was once written, with what it says opened and (where that is another) as it is read today. */
export interface FactFixture {
  id: string;
  stream: string;
  revision: string;
  index: number;
  type: string;
  data: Record<string, unknown>;
  metadata: { schemaVersion: number; [name: string]: unknown };
  /** Opened texts by kid. */
  texts?: Record<string, Texts>;
  /** `data` as this release reads it; absent: as it was written. */
  today?: unknown;
}

/** Every committed fact, by the name of its file. */
export function factFixtures(): Map<string, FactFixture> {
  const names = readdirSync(factsFolder).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, parsed(`facts/${name}`) as FactFixture]));
}

/** A committed fact as a store gives it. */
export function storedOf({
  id,
  stream,
  revision,
  index,
  type,
  data,
  metadata,
}: FactFixture): Stored {
  const texts = { data: canonical(data), metadata: canonical(metadata) };
  return { id, stream, revision: BigInt(revision), index, type, ...texts };
}

/** The key of every box in the committed facts: bytes 0, 1, ... 63, whatever its kid. */
export function fixtureKey(kid: string): DataKey {
  const bytes = Uint8Array.from({ length: 64 }, (_, index) => index);
  return {
    kid,
    box: createSecretKey(bytes.subarray(0, 32)),
    digest: createSecretKey(bytes.subarray(32)),
  };
}

/** The committed vectors of one file. */
// biome-ignore lint/suspicious/noExplicitAny: each file has its own shape, said in its `about`
export function vectorsOf(name: string): any {
  return parsed(`vectors/${name}.json`);
}

export const vectorsFolder = `${folder}vectors/`;

function parsed(path: string): unknown {
  return JSON.parse(readFileSync(folder + path, 'utf8'));
}
