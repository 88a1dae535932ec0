import type { z } from 'zod';
import { canonical } from '../proofs/jcs.ts';
import { acceptsBy } from './accepts.ts';
import type { Fact, FactDefinition, NewFact } from './define.ts';
import { eventIdOf } from './ids.ts';
import { type BoxPlace, type DataKey, open, type SealedBox, seal, type Texts } from './sealing.ts';
import { type Actor, isStorable, Metadata, systemActors } from './shapes.ts';

/** A fact as bytes: what a store takes and gives. `data` and `metadata` are canonical texts. */
export interface Encoded {
  id: string;
  type: string;
  data: string;
  metadata: string;
  recordedAt: string;
}

/** What the codec reads of a stored fact. */
export interface Stored {
  id: string;
  stream: string;
  revision: bigint;
  index: number;
  type: string;
  data: string;
  metadata: string;
}

/** What all facts of one append share. */
export interface Writing {
  ledgerId: string;
  stream: string;
  commandId: string;
  commandDigest: Metadata['commandDigest'];
  correlationId: string;
  causationId?: string | undefined;
  actor: Actor;
  recordedAt: string;
  submittedOn?: Metadata['submittedOn'];
}

/** A fact in the ledger that this release cannot read: it stops, rather than pass it over. */
export class UnreadableFact extends Error {
  override name = 'UnreadableFact';
}

export type Registry = ReadonlyMap<string, FactDefinition>;

/**
 * Facts of one append, as bytes: sealed, checked against their schemas, canonical.
 *
 * @param keys every key that a text names, by kid
 * @throws UnreadableFact when a fact breaks its own schema: a defect of the decision, nothing is written
 */
export function encode(
  facts: readonly NewFact[],
  writing: Writing,
  registry: Registry,
  keys: ReadonlyMap<string, DataKey>,
): Encoded[] {
  return facts.map((fact, ordinal) => {
    const id = eventIdOf(writing.commandId, writing.stream, ordinal);
    const definition = definitionOf(registry, fact.type);
    const place = { ledgerId: writing.ledgerId, stream: writing.stream, eventId: id };
    const data = checked(definition.schema, withBoxes(fact, place, keys), fact.type, id);
    const metadata = metadataOf(definition.version, fact, writing, ordinal);
    return {
      id,
      type: fact.type,
      data: canonical(data),
      metadata: canonical(checked(Metadata, metadata, fact.type, id)),
      recordedAt: writing.recordedAt,
    };
  });
}

/**
 * A stored fact in the shape of today: upcast, and checked where `check` says so (for decisions and `verify`).
 *
 * @throws UnreadableFact on an unknown type, a newer version, or (checked) a broken shape
 */
export function decode(stored: Stored, registry: Registry, check: boolean): Fact {
  const definition = definitionOf(registry, stored.type);
  const metadata = JSON.parse(stored.metadata) as Metadata;
  const version = metadata.schemaVersion;
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new UnreadableFact(`${stored.type} ${stored.id} has no version: ${version}`);
  }
  if (version > definition.version) {
    throw new UnreadableFact(
      `${stored.type} ${stored.id} has version ${version}; this release reads up to ${definition.version}`,
    );
  }
  let data: unknown = JSON.parse(stored.data);
  if (check && version < definition.version) {
    checked(definition.older[version - 1] as z.ZodType, data, stored.type, stored.id);
  }
  for (const upcast of definition.upcasters.slice(version - 1)) data = upcast(data as never);
  if (check) {
    data = checked(definition.schema, data, stored.type, stored.id);
    checked(Metadata, metadata, stored.type, stored.id);
  }
  const { id, stream, revision, index, type } = stored;
  return { id, stream, revision, index, type, data, metadata };
}

/** The boxes of a fact, still closed. */
export function boxesOf(fact: Fact): SealedBox[] {
  return (fact.data as { sealed?: SealedBox[] }).sealed ?? [];
}

/** The texts of a fact under the keys that can be had; what was erased is absent. */
export function textsOf(fact: Fact, ledgerId: string, keys: ReadonlyMap<string, DataKey>): Texts {
  const place = { ledgerId, stream: fact.stream, eventId: fact.id };
  const texts: Texts = {};
  for (const box of boxesOf(fact)) {
    const key = keys.get(box.kid);
    if (key !== undefined) Object.assign(texts, open(box, key, place));
  }
  return texts;
}

function withBoxes(fact: NewFact, place: BoxPlace, keys: ReadonlyMap<string, DataKey>): unknown {
  const groups = (fact.texts ?? []).filter(({ fields }) => Object.keys(fields).length > 0);
  if (groups.length === 0) return fact.data;
  const sealed = groups.map(({ kid, fields }) => {
    const key = keys.get(kid);
    if (key === undefined) throw new UnreadableFact(`${fact.type}: key ${kid} is not at hand`);
    const unfit = Object.keys(fields).find((path) => !isStorable(fields[path] as string));
    if (unfit !== undefined) {
      throw new UnreadableFact(`${fact.type}: the text at ${unfit} is not in the form for storing`);
    }
    return seal(fields, key, place);
  });
  return { ...(fact.data as object), sealed };
}

function metadataOf(version: number, fact: NewFact, writing: Writing, ordinal: number): Metadata {
  const byRule = fact.actor === 'rule';
  const actor: Actor = byRule
    ? { id: systemActors.rule, role: 'rule', onBehalfOf: writing.actor.id }
    : writing.actor;
  const cause = byRule && ordinal > 0 ? eventIdOf(writing.commandId, writing.stream, 0) : undefined;
  const causationId = cause ?? writing.causationId;
  return {
    schemaVersion: version,
    commandId: writing.commandId,
    commandDigest: writing.commandDigest,
    correlationId: writing.correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    actor,
    recordedAt: writing.recordedAt,
    ...(writing.submittedOn === undefined ? {} : { submittedOn: writing.submittedOn }),
  };
}

function definitionOf(registry: Registry, type: string): FactDefinition {
  const definition = registry.get(type);
  if (definition === undefined)
    throw new UnreadableFact(`no fact is called ${type} in this release`);
  return definition;
}

function checked<T>(schema: z.ZodType, value: T, type: string, id: string): T {
  if (acceptsBy(schema)(value)) return value;
  const result = schema.safeParse(value);
  if (!result.success) {
    const issues = JSON.stringify(result.error.issues).slice(0, 500);
    throw new UnreadableFact(`${type} ${id} breaks its schema: ${issues}`);
  }
  return value;
}
