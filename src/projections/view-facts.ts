import { UnreadableFact } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import type { Metadata } from '../events/shapes.ts';
import type { StoredEvent } from '../store/event-store.ts';

/** Metadata are canonical and hold ids, codes and times alone: the key cannot stand inside a text. */
const BOXES = '"sealed":[';
const VERSION = '"schemaVersion":';

/**
 * A stored fact in the shape of today, unchecked; its metadata are parsed when somebody reads them, since
 * most projections read none.
 *
 * @throws UnreadableFact on an unknown type or a newer version
 */
export function viewFact(stored: StoredEvent): AnyFact {
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
  for (let step = version - 1; step < definition.upcasters.length; step++) {
    data = definition.upcasters[step]?.(data as never);
  }
  let parsed: Metadata | undefined;
  const fact = {
    id,
    stream,
    revision,
    index,
    type,
    data,
    get metadata(): Metadata {
      parsed ??= JSON.parse(stored.metadata) as Metadata;
      return parsed;
    },
  };
  return fact as AnyFact;
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

function versionOf({ metadata }: StoredEvent): number {
  const start = metadata.indexOf(VERSION) + VERSION.length;
  return Number.parseInt(metadata.slice(start, start + 8), 10);
}
