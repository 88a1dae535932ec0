import { hash } from 'node:crypto';
import type { FactDefinition } from '../../events/define.ts';
import { type AnyFact, registry } from '../../events/registry.ts';
import { Metadata } from '../../events/shapes.ts';
import { limits } from '../../limits.ts';
import type { StoredEvent } from '../../store/event-store.ts';
import { wrongBytes } from './bytes.ts';
import type { Report } from './finding.ts';

/**
 * Reads a stored fact as an auditor: its bytes, the shape of the version in which it was written, its shape of
 * today, its size and where it stands. What is wrong goes to the report.
 *
 * @returns the fact in the shape of today, or undefined where it cannot be read
 */
export function readFact(stored: StoredEvent, report: Report): AnyFact | undefined {
  const say = (wrong: string): undefined => void report.fact(stored, wrong);
  const definition = registry.get(stored.type);
  if (definition === undefined) return say('no fact has this type in this release');
  const metadata = parsed(stored.metadata) as Metadata | undefined;
  if (metadata === undefined) return say('its metadata is no JSON');
  let data: unknown = parsed(stored.data);
  if (data === undefined) return say('its data is no JSON');
  const bytes = wrongIn(stored, data, metadata);
  if (bytes !== undefined) return say(bytes);
  const checked = Metadata.safeParse(metadata);
  if (!checked.success) return say(`its metadata breaks the schema: ${issues(checked.error)}`);
  const version = metadata.schemaVersion;
  if (version > definition.version) {
    return say(`has version ${version}; this release reads up to ${definition.version}`);
  }
  const shape = schemaOf(definition, version).safeParse(data);
  if (!shape.success) return say(`breaks the schema of version ${version}: ${issues(shape.error)}`);
  if (version < definition.version) {
    for (const upcast of definition.upcasters.slice(version - 1)) data = upcast(data as never);
    const today = definition.schema.safeParse(data);
    if (!today.success) return say(`does not become version ${definition.version}`);
  }
  const { id, stream, revision, index, type } = stored;
  return { id, stream, revision, index, type, data, metadata } as AnyFact;
}

/** UUIDv5(commandId, stream + '/' + ordinal), as 32 hexadecimal digits with hyphens (RFC 9562, 5.5). */
export function expectedId(commandId: string, stream: string, ordinal: number): string {
  const name = `${stream}/${ordinal}`;
  const bytes = Buffer.allocUnsafe(16 + name.length);
  bytes.write(commandId.replaceAll('-', ''), 0, 'hex');
  bytes.write(name, 16, 'latin1');
  const hex = hash('sha1', bytes, 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrongIn(stored: StoredEvent, data: unknown, metadata: unknown): string | undefined {
  const size = Buffer.byteLength(stored.data) + Buffer.byteLength(stored.metadata);
  if (size > limits.factBytes) return `has ${size} bytes; at most ${limits.factBytes} are allowed`;
  try {
    const wrong = wrongBytes(stored.data, data);
    if (wrong !== undefined) return `its data ${wrong}`;
    const about = wrongBytes(stored.metadata, metadata);
    return about === undefined ? undefined : `its metadata ${about}`;
  } catch (error) {
    // Nested deeper than the stack: no schema is.
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function schemaOf(definition: FactDefinition, version: number) {
  const older = definition.older[version - 1];
  return version < definition.version && older !== undefined ? older : definition.schema;
}

function issues(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const first = error.issues[0];
  return first === undefined ? '' : `${first.path.map(String).join('.')}: ${first.message}`;
}
