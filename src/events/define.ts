import { z } from 'zod';
import type { Texts } from './sealing.ts';
import { type Metadata, SealedBoxShape, Uuid } from './shapes.ts';

/** The categories of streams: a stream is named `<category>-<uuid>`, or is one of a kind (contract, 1). */
export const categories = [
  'ledger',
  'member',
  'organisation',
  'catalogue',
  'session',
  'scheme',
  'authority',
  'framework',
  'profile',
  'release',
  'correction',
] as const;
export type Category = (typeof categories)[number];

/** A kind of fact: its name, where it lives, its shape now, and how older shapes become it. */
export interface FactDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly category: Category;
  /** The schemaVersion written today. */
  readonly version: number;
  /** What is stored, boxes included; strict. */
  readonly schema: z.ZodType<Data>;
  /** Shapes of older versions, so that `verify` can check what was stored. Index 0 is version 1. */
  readonly older: readonly z.ZodType[];
  /** Total functions, upcasters[i] from version i+1 to i+2; a sealed box is opaque to them. */
  readonly upcasters: readonly ((data: never) => unknown)[];
  /** Paths of text that may be sealed in it, with `*` for an index: what `verify` and docs list. */
  readonly sealed: readonly string[];
  /** What it says, in one sentence, for the catalogue of facts. */
  readonly says: string;
}

/** One fact as decisions and projections read it: checked, in the shape of today. */
export interface Fact<Type extends string = string, Data = unknown> {
  id: string;
  stream: string;
  revision: bigint;
  index: number;
  type: Type;
  data: Data;
  metadata: Metadata;
}

/** A fact that a decision wants to append. Texts are sealed by the codec, one box for each key. */
export interface NewFact<Type extends string = string, Data = unknown> {
  type: Type;
  data: Data;
  texts?: { kid: string; fields: Texts }[];
  /** Said by the rule or another system actor in the same append; else by who commands. */
  actor?: 'rule';
}

/** What any fact may say besides its own: the fact that it makes good (contract, 5). */
interface Common {
  corrects?: string | undefined;
}

/**
 * Declares a kind of fact. `shape` is the clear part, to which `corrects` is added; where `sealed` names paths,
 * the stored data also has `sealed`, a list of boxes, one for each key, of texts at these paths alone (contract, 4).
 */
export function defineFact<const Type extends string, Shape extends z.ZodRawShape>(definition: {
  type: Type;
  category: Category;
  says: string;
  shape: Shape;
  sealed?: readonly string[];
  version?: number;
  older?: readonly z.ZodType[];
  upcasters?: readonly ((data: never) => unknown)[];
}): FactDefinition<Type, z.output<z.ZodObject<Shape>> & Common> {
  const { shape, sealed = [], version = 1, older = [], upcasters = [] } = definition;
  if (older.length !== version - 1 || upcasters.length !== version - 1) {
    throw new Error(
      `${definition.type} v${version} needs ${version - 1} older shapes and upcasters`,
    );
  }
  const common = { corrects: Uuid.optional(), ...shape };
  const stored = sealed.length === 0 ? common : { ...common, sealed: boxesOf(sealed) };
  return {
    type: definition.type,
    category: definition.category,
    says: definition.says,
    version,
    schema: z.strictObject(stored) as unknown as z.ZodType<z.output<z.ZodObject<Shape>> & Common>,
    older,
    upcasters,
    sealed,
  };
}

/** What a path of a sealed text must be, where these are declared. */
export function pathsOf(sealed: readonly string[]): RegExp {
  const paths = sealed.map((path) => path.replaceAll('*', '(0|[1-9]\\d{0,2})')).join('|');
  return new RegExp(`^(${paths})$`);
}

/** Boxes of texts at the declared paths, each under a key of its own. */
function boxesOf(sealed: readonly string[]) {
  const declared = pathsOf(sealed);
  return z
    .array(SealedBoxShape)
    .min(1)
    .max(20)
    .refine(
      (boxes) => boxes.every(({ c }) => Object.keys(c).every((path) => declared.test(path))),
      {
        error: 'a sealed text stands at a path that its fact does not declare',
      },
    )
    .refine((boxes) => new Set(boxes.map(({ kid }) => kid)).size === boxes.length, {
      error: 'one box for each key is expected',
    })
    .optional();
}

/** The type of facts that a definition describes. */
export type FactOf<D> = D extends FactDefinition<infer Type, infer Data> ? Fact<Type, Data> : never;
/** The type of facts that a decision may return for a definition. */
export type NewFactOf<D> =
  D extends FactDefinition<infer Type, infer Data> ? NewFact<Type, Data> : never;
