import {
  type Encoded,
  encode,
  type Registry,
  type Stored,
  type Writing,
} from '../../src/events/codec.ts';
import type { NewFact } from '../../src/events/define.ts';
import { registry } from '../../src/events/registry.ts';
import { fixtureKey, fixtureLedger } from '../support/fixtures.ts';

export const kid = 'AAECAwQFBgcICQoLDA0ODw';
export const keys = new Map([[kid, fixtureKey(kid)]]);
export const commandId = '4237a66e-69d8-53f2-a7ed-58486a666a48';
export const member = '8d1f3a52-7c0b-4b7e-a6a5-1f2e3d4c5b6b';

export const writing: Writing = {
  ledgerId: fixtureLedger,
  stream: `member-${member}`,
  commandId,
  commandDigest: { kid, mac: 'A'.repeat(43) },
  correlationId: '8221ba78-145b-5799-bd54-893847f237f8',
  actor: { id: member, role: 'member' },
  recordedAt: '2026-03-10T09:13:00.000Z',
};

export const written = (fact: NewFact, from: Registry = registry) =>
  encode([fact], writing, from, keys)[0] as Encoded;
export const stored = (encoded: Encoded): Stored => ({
  ...encoded,
  stream: writing.stream,
  revision: 0n,
  index: 7,
});
export const withVersion = (version: unknown, encoded: Encoded): Stored => {
  const metadata = { ...JSON.parse(encoded.metadata), schemaVersion: version };
  return { ...stored(encoded), metadata: JSON.stringify(metadata) };
};
