import type { AnyFact } from '../events/registry.ts';
import type { Actor } from '../events/shapes.ts';

/**
 * A fact as a projection of one's own is given it: clear data alone, in the shape of today (docs/reference/facts.md).
 * No sealed text is in it, opened or closed.
 */
export type ProjectedFact = Projected<AnyFact>;
type Projected<F> = F extends AnyFact
  ? {
      /** Place in the ledger: 0, 1, 2, ... over all facts. */
      index: number;
      id: string;
      /** What the stream is about: `member`, `organisation`, ... */
      category: string;
      /** Whom or what it is about: the id of the member, organisation, ...; none where there is but one. */
      subject: string | undefined;
      /** Place in its stream. */
      revision: number;
      type: F['type'];
      /** UTC, with milliseconds. */
      recordedAt: string;
      /** The day handed in, where that is not the day of `recordedAt`. */
      submittedOn: string | undefined;
      actor: Actor;
      data: F['data'];
    }
  : never;

/** What may stand in a cell of a table. */
export type TableCell = string | number | boolean | null | undefined;
export type TableRow<Column extends string = string> = Readonly<Partial<Record<Column, TableCell>>>;

/** A question of one's own: facts in, one table out. */
export interface OwnProjection<
  State = unknown,
  Type extends AnyFact['type'] = AnyFact['type'],
  Column extends string = string,
> {
  /** Names the table where it has a name: lower case letters, digits and underscores. */
  readonly name: string;
  /** The types of facts that it is given; facts of no other type are read for it. */
  readonly types: readonly Type[];
  /** The columns of the table, in their order. */
  readonly columns: readonly Column[];
  /** What it knows before the first fact. */
  initial(): State;
  /** Follows one fact: changes the state that it is given. */
  apply(state: State, fact: Extract<ProjectedFact, { type: Type }>): void;
  /** The rows of the table, from what is known after the last fact. */
  rows(state: State): Iterable<TableRow<Column>>;
}

/**
 * Defines a projection that `skills-ledger project FILE` runs, exported from its file as `projection`.
 *
 * It is given each fact of its types once, in ledger order, up to the index asked for, without those that were
 * retracted by then. Same facts, same table: it should read no clock and no chance. It is not run in a sandbox: it
 * may do what whoever runs it may do, but it is given no store, no keys and no sealed text.
 */
export function defineProjection<
  State,
  const Type extends AnyFact['type'],
  const Column extends string,
>(projection: OwnProjection<State, Type, Column>): OwnProjection<State, Type, Column> {
  return projection;
}
