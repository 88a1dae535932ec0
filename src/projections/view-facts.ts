import { UnreadableFact } from '../events/codec.ts';
import { registry } from '../events/registry.ts';
import type { StoredEvent } from '../store/event-store.ts';
import type { Dated, ViewFact } from './projection.ts';

const BOXES = '"sealed":[';
/** Metadata are canonical and hold ids, codes and times alone: a key cannot stand inside a text. */
const RECORDED = '"recordedAt":"';
const SUBMITTED = '"submittedOn":';
const INSTANT = '2026-01-01T00:00:00.000Z'.length;
const VERSION = '"schemaVersion":';

/**
 * A stored fact in the shape of today, unchecked.
 *
 * @throws UnreadableFact on an unknown type or a newer version
 */
export function viewFact(stored: StoredEvent): ViewFact {
  const { id, stream, revision, index, type } = stored;
  const definition = registry.get(type);
  if (definition === undefined) {
    throw new UnreadableFact(`no fact is called ${type} in this release`);
  }
  const version = versionOf(stored);
  if (version > definition.version) {
    throw new UnreadableFact(
      `${type} ${id} has version ${version}; this release reads up to ${definition.version}`,
    );
  }
  let data: unknown = JSON.parse(withoutBoxes(stored.data));
  if (type === 'Claimed' || type === 'ClaimAmended') noteReflections(data, stored.data);
  for (let step = version - 1; step < definition.upcasters.length; step++) {
    data = definition.upcasters[step]?.(data as never);
  }
  return {
    id,
    stream,
    revision,
    index,
    type,
    data,
    metadata: datedOf(stored.metadata),
  } as ViewFact;
}

/**
 * A canonical text with the boxes of its fact taken out of their list: most of a claim's bytes are ciphertext,
 * which no read model opens. Within a string quotes are escaped, so that this key can only be the list itself,
 * of which a fact has at most one; and nothing in a box holds a bracket: neither base64url nor the declared paths.
 */
export function withoutBoxes(data: string): string {
  const start = data.indexOf(BOXES);
  if (start < 0) return data;
  const from = start + BOXES.length;
  return data.slice(0, from) + data.slice(data.indexOf(']', from));
}

/** By place, since to parse all metadata takes half as long as to parse the data. */
function datedOf(metadata: string): Dated {
  const from = metadata.indexOf(RECORDED) + RECORDED.length;
  const recordedAt = metadata.slice(from, from + INSTANT);
  if (!metadata.includes(SUBMITTED, from)) return { recordedAt };
  const { submittedOn } = JSON.parse(metadata) as Dated;
  return { recordedAt, submittedOn };
}

/** Where a box holds a reflection: the declared path, which no text can imitate, since its quotes are escaped. */
const REFLECTION = /"lines\/(\d+)\/reflection":/g;

/** What a rulebook may ask of a line, and is told by where its texts stand: the boxes themselves are left out. */
function noteReflections(data: unknown, text: string): void {
  if (!text.includes('/reflection":')) return;
  const { lines } = data as { lines: { reflected?: boolean }[] };
  for (const [, place] of text.matchAll(REFLECTION)) {
    const line = lines[Number(place)];
    if (line !== undefined) line.reflected = true;
  }
}

function versionOf({ metadata }: StoredEvent): number {
  const start = metadata.indexOf(VERSION) + VERSION.length;
  return Number.parseInt(metadata.slice(start, start + 8), 10);
}
