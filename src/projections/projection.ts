import type { AnyFact } from '../events/registry.ts';
import type { Metadata } from '../events/shapes.ts';
import type { Database } from '../store/driver.ts';

/** Of a fact's metadata what projections read, or may: the rest is not parsed for them. */
export type Dated = Pick<Metadata, 'recordedAt' | 'submittedOn'>;

/** A fact as projections read it. */
export type ViewFact = Viewed<AnyFact>;
type Viewed<F> = F extends AnyFact ? Omit<F, 'metadata'> & { metadata: Dated } : never;

/**
 * What a projection does with facts, on one open database: each fact once, and those of a stream in their order.
 * Streams come mixed, in ledger order, where it follows the ledger, and one whole stream after another where it
 * is rebuilt.
 */
export interface Following {
  /** Follows one fact of the types that the projection names. Rows may be kept in memory until `flush`. */
  readonly apply: (fact: ViewFact) => void;
  /**
   * Follows a `FactRetracted`: `facts` are those of its stream up to it, itself included, in order. What was
   * folded of this stream is folded anew without what is retracted.
   */
  readonly retract: (fact: Retraction, facts: readonly ViewFact[]) => void;
  /** Writes what `apply` left in memory. Called at the end of a batch, in the batch's transaction. */
  flush(): void;
}

export type Retraction = Extract<ViewFact, { type: 'FactRetracted' }>;

/**
 * A question answered from rows: facts in, rows out. Rows are a function of the facts alone, whatever the
 * batches were (design, 7). A row belongs to one stream: no two streams write the same one, so that streams
 * may be followed apart, each part in a file of its own (pieces.ts).
 */
export interface Projection {
  readonly name: string;
  /** Raised whenever the same facts would give other rows: the rows are then built anew. */
  readonly version: number;
  /** Statements that make the tables, without secondary indexes; each table has a primary key. */
  readonly tables: readonly string[];
  /** Statements that make the secondary indexes: after a rebuild, at its end. */
  readonly indexes: readonly string[];
  /** Types that it handles besides `FactRetracted`: facts of no other type are parsed for it. */
  readonly types: readonly AnyFact['type'][];
  on(database: Database): Following;
  /** Writes what rows owe to other streams than their own, once all streams have been followed apart. */
  settle?(database: Database): void;
}
