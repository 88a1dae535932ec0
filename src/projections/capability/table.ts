import type { CivilDate } from '../../scheme/civil-date.ts';

/** What a report may be cut by. */
export const dimensionNames = [
  'month',
  'skill',
  'level',
  'council',
  'region',
  'nation',
  'type',
  'grade',
] as const;
export type DimensionName = (typeof dimensionNames)[number];

/** A dimension with its values in the order in which they are drawn. */
export interface Dimension {
  name: DimensionName;
  values: { key: string; name?: string }[];
}

/**
 * What was counted. People are hundredths of a person: who is employed by several counts in part at each, so that
 * they sum to the whole over councils, regions, types and grades, and over levels within a skill. Holdings, each one
 * skill of one person, sum over every cut.
 */
export interface Figures {
  people: number;
  /** Those of them who have something current. */
  current: number;
  /** All others: what they have went stale. */
  stale: number;
  holdings: number;
  currentHoldings: number;
  /** How many persons are meant, whatever their parts: what disclosure is decided by. */
  heads: number;
  /** Bodies where one of them is, and where one of them has something current. */
  councils: number;
  currentCouncils: number;
  /** Observations and approvals behind it. */
  events: number;
}

export interface Cell extends Figures {
  /** A value of each dimension, in their order. */
  key: string[];
}

/** A table before anything was withheld: every report of figures leaves through this shape. */
export interface Table {
  dimensions: Dimension[];
  /** In the order of their keys; where nobody is, there is none. */
  cells: Cell[];
  /** Of each month where it is cut by month, else one. */
  totals: Cell[];
}

/** Who was looked at: members on that day, with any skill at all and without, by type of body. */
export interface Base {
  month?: string;
  on: CivilDate;
  /** Hundredths of a person, as in cells. */
  members: number;
  withSkill: number;
  heads: number;
  byType: { type: string; members: number; withSkill: number; heads: number }[];
}
