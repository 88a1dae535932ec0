// Writes the committed example of a fact's present version, from a draft of what it says:
//   node dist/test/events/write-fixture.js draft.json
// The draft: { "type": "HoldPlaced", "data": { ... }, "texts": { "<kid>": { "reason": "..." } } }, texts optional.
// One that is there is never written again: what was once stored stays readable (test/fixtures/facts/README.md).
import { readFileSync, writeFileSync } from 'node:fs';
import { encode } from '../../src/events/codec.ts';
import { commandIdOf, newIdOf, streamName } from '../../src/events/ids.ts';
import { registry } from '../../src/events/registry.ts';
import type { Texts } from '../../src/events/sealing.ts';
import { factsFolder, fixtureKey, fixtureLedger } from '../support/fixtures.ts';

const [draft = ''] = process.argv.slice(2);
const {
  type,
  data,
  texts = {},
} = JSON.parse(readFileSync(draft, 'utf8')) as {
  type: string;
  data: object;
  texts?: Record<string, Texts>;
};
const definition = registry.get(type);
if (definition === undefined) throw new Error(`no fact is called ${type}`);

const kid = 'AAECAwQFBgcICQoLDA0ODw';
const person = '8d1f3a52-7c0b-4b7e-a6a5-1f2e3d4c5b6b';
const stream = streamName(definition.category, person);
const key = newIdOf(fixtureLedger, `${type}/${definition.version}`);
const commandId = commandIdOf(fixtureLedger, person, stream, key);
const groups = Object.entries(texts).map(([of, fields]) => ({ kid: of, fields }));
const [encoded] = encode(
  [{ type, data, texts: groups }],
  {
    ledgerId: fixtureLedger,
    stream,
    commandId,
    commandDigest: { kid, mac: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' },
    correlationId: newIdOf(commandId, 'correlation'),
    actor: { id: person, role: 'admin' },
    recordedAt: '2026-03-10T09:00:00.000Z',
  },
  registry,
  new Map(groups.map((group) => [group.kid, fixtureKey(group.kid)])),
);
if (encoded === undefined) throw new Error('nothing was written');
const fixture = {
  id: encoded.id,
  stream,
  revision: '3',
  index: 50,
  type,
  data: JSON.parse(encoded.data),
  metadata: JSON.parse(encoded.metadata),
  ...(groups.length === 0 ? {} : { texts }),
};
const file = `${factsFolder}${type}.v${definition.version}.json`;
writeFileSync(file, `${JSON.stringify(fixture, null, 2)}\n`, { flag: 'wx' });
console.log(`written: ${file}`);
