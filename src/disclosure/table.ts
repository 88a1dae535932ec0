/** How many people stand in one place of a table: one code for each dimension, in their order. */
export interface Count {
  readonly key: readonly string[];
  readonly count: number;
}

/**
 * A table before anything is hidden. Every place that a reader knows to exist is listed, the empty ones, too: a
 * place left out would say that nobody is there.
 */
export interface PlainTable {
  /** The order is a choice: totals have figures of their own along it (all; by the first; by the first two; ...). */
  readonly dims: readonly string[];
  /** So many leading dimensions are never summed over, since one person stands in several of their places. */
  readonly apart: number;
  readonly cells: readonly Count[];
}

/** What a disclosure profile asks of a table of counts. */
export interface Rule {
  /** Of so many or fewer nothing is said: who subtracts himself from a figure still sees at least so many. */
  readonly smallest: number;
  /** Figures are given to a multiple of it. */
  readonly base: number;
}

/**
 * What is said of a place or a total: that the count lies between `least` and `most`, both included.
 *
 * - `about`: a figure of its own.
 * - `few`: too few to be spoken of, or none; which, is not said.
 * - `sum`: no figure of its own; the bounds follow from what stands in its parts.
 */
export interface Said {
  /** Shorter than the dimensions: the total over those that are left out. */
  readonly key: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly how: 'about' | 'few' | 'sum';
}

/** A table as it may be given to anybody. */
export interface SafeTable {
  readonly dims: readonly string[];
  readonly apart: number;
  readonly said: readonly Said[];
}
