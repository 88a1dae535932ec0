import type { FactDefinition } from '../../events/define.ts';
import { type AnyFact, registry } from '../../events/registry.ts';
import type { Metadata } from '../../events/shapes.ts';
import { limits } from '../../limits.ts';
import type { StoredEvent } from '../../store/event-store.ts';
import { withoutKnownBoxes } from './boxes.ts';
import { wrongBytes } from './bytes.ts';
import type { Report } from './finding.ts';
import { type Json, parsed, wrongShape } from './json.ts';
import { readMetadata } from './metadata.ts';

/**
 * Reads a stored fact as an auditor: its bytes, the shape of the version in which it was written, its shape of
 * today, its size and where it stands. What is wrong goes to the report.
 *
 * @returns the fact in the shape of today, or undefined where it cannot be read
 */
export function readFact(stored: StoredEvent, report: Report): AnyFact | undefined {
  const read = readOrSay(stored);
  if (typeof read !== 'string') return read;
  report.fact(stored, read);
  return undefined;
}

function readOrSay(stored: StoredEvent): AnyFact | string {
  const definition = registry.get(stored.type);
  if (definition === undefined) return 'no fact has this type in this release';
  const size = Buffer.byteLength(stored.data) + Buffer.byteLength(stored.metadata);
  if (size > limits.factBytes) return `has ${size} bytes; at most ${limits.factBytes} are allowed`;
  try {
    const metadata = readMetadata(stored.metadata);
    if (typeof metadata === 'string') return metadata;
    const version = metadata.schemaVersion;
    if (version > definition.version) {
      return `has version ${version}; this release reads up to ${definition.version}`;
    }
    const current = version === definition.version;
    const usual = current ? readUsual(stored.data, definition) : undefined;
    if (usual !== undefined) return factOf(stored, usual, metadata);
    const written = parsed(stored.data);
    if (written === undefined) return 'its data is no JSON';
    const bytes = wrongBytes(stored.data, written);
    if (bytes !== undefined) return `its data ${bytes}`;
    const shape = wrongShape(schemaOf(definition, version), written);
    if (shape !== undefined) return `breaks the schema of version ${version}: ${shape}`;
    const data = current ? written : upcast(definition, version, written);
    if (data === undefined) return `does not become version ${definition.version}`;
    return factOf(stored, data, metadata);
  } catch (error) {
    // Nested deeper than the stack: no schema is.
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function factOf(stored: StoredEvent, data: unknown, metadata: Metadata): AnyFact {
  const { id, stream, revision, index, type } = stored;
  return { id, stream, revision, index, type, data, metadata } as AnyFact;
}

/**
 * Data with boxes of the usual kind, checked as all data are, but for the boxes, which are checked by their text;
 * of each it has the key alone. Undefined where anything is wrong, or not usual: then it is read the long way.
 */
export function readUsual(text: string, definition: FactDefinition): Json | undefined {
  const boxless = withoutKnownBoxes(text, definition);
  if (boxless === undefined) return undefined;
  const value = parsed(boxless.text);
  if (value === undefined || wrongBytes(boxless.text, value) !== undefined) return undefined;
  const data = value as { sealed?: unknown };
  // The list may have stood deeper, where no fact has one.
  if (!Array.isArray(data.sealed) || data.sealed.length > 0) return undefined;
  data.sealed = undefined;
  if (wrongShape(definition.schema, data) !== undefined) return undefined;
  data.sealed = boxless.kids.map((kid) => ({ kid }));
  return data;
}

function schemaOf(definition: FactDefinition, version: number) {
  const older = definition.older[version - 1];
  return version < definition.version && older !== undefined ? older : definition.schema;
}

function upcast(definition: FactDefinition, version: number, written: Json): unknown {
  let data: unknown = written;
  for (const step of definition.upcasters.slice(version - 1)) data = step(data as never);
  return wrongShape(definition.schema, data) === undefined ? data : undefined;
}
