import { isInstant, Metadata } from '../../events/shapes.ts';
import { wrongBytes } from './bytes.ts';
import { type Json, parsed, wrongShape } from './json.ts';

const uuid = '([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})';
const instant = '(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)';
const roles = Metadata.shape.actor.shape.role.options.join('|');

/** Canonical metadata without `submittedOn`, as nearly every fact has it: keys in order, nothing between. */
const USUAL = new RegExp(
  `^{"actor":{"id":"${uuid}"(?:,"onBehalfOf":"${uuid}")?,"role":"(${roles})"},` +
    `(?:"causationId":"${uuid}",)?` +
    '"commandDigest":{"kid":"([A-Za-z0-9_-]{22})","mac":"([A-Za-z0-9_-]{43})"},' +
    `"commandId":"${uuid}","correlationId":"${uuid}","recordedAt":"${instant}",` +
    '"schemaVersion":([1-9]\\d{0,8})}$',
);

/**
 * The metadata of a stored text, or what is wrong with it. One expression reads nearly all of them, in a third
 * of the time that parsing, schema and canonical text take; what it does not know goes that way, so that it
 * decides nothing by itself.
 */
export function readMetadata(text: string): Metadata | string {
  const found = USUAL.exec(text);
  if (found === null) return readAnyMetadata(text);
  const [, id, onBehalfOf, role, causationId, kid, mac, commandId, correlationId, at, version] =
    found as unknown as string[];
  if (!isInstant(at ?? '')) return readAnyMetadata(text);
  return {
    schemaVersion: Number(version),
    commandId,
    commandDigest: { kid, mac },
    correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    actor: { id, role, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
    recordedAt: at,
  } as Metadata;
}

/** The same without the expression: what it is held against in the tests. */
export function readAnyMetadata(text: string): Metadata | string {
  const value: Json | undefined = parsed(text);
  if (value === undefined) return 'its metadata is no JSON';
  const bytes = wrongBytes(text, value);
  if (bytes !== undefined) return `its metadata ${bytes}`;
  const shape = wrongShape(Metadata, value);
  return shape === undefined ? (value as Metadata) : `its metadata breaks the schema: ${shape}`;
}
