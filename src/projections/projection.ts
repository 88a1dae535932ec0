import type { AnyFact } from '../events/registry.ts';
import type { Database } from '../store/driver.ts';

/** What a projection does with facts, on one open database. Facts come in ledger order, each once. */
export interface Following {
  /** Follows one fact of the types that the projection names. Rows may be kept in memory until `flush`. */
  apply(fact: AnyFact): void;
  /**
   * Follows a `FactRetracted`: `facts` are those of its stream up to it, itself included, in order. What was
   * folded of this stream is folded anew without what is retracted.
   */
  retract(fact: Retraction, facts: readonly AnyFact[]): void;
  /** Writes what `apply` left in memory. Called at the end of a batch, in the batch's transaction. */
  flush(): void;
}

export type Retraction = Extract<AnyFact, { type: 'FactRetracted' }>;

/**
 * A question answered from rows: facts in, rows out. Rows are a function of the facts alone, whatever the
 * batches were (design, 7).
 */
export interface Projection {
  readonly name: string;
  /** Raised whenever the same facts would give other rows: the rows are then built anew. */
  readonly version: number;
  /** Statements that make the tables, without secondary indexes. */
  readonly tables: readonly string[];
  /** Statements that make the secondary indexes: after a rebuild, at its end. */
  readonly indexes: readonly string[];
  /** Types that it handles besides `FactRetracted`: facts of no other type are parsed for it. */
  readonly types: readonly AnyFact['type'][];
  on(database: Database): Following;
}
