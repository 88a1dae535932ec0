import type { Measure } from '../scheme/rules/scalars.ts';

/** What members of the demo type of a kind of activity; what it earns is said by the rulebook alone. */
export interface Activity {
  kind: string;
  /** How the rulebook measures it, under which category it stands, and how it is accepted. */
  measure: Measure;
  category: 'structured' | 'private-study' | 'qualification' | 'secondment';
  accept: 'recording' | 'approval';
  /** How often it is claimed. */
  weight: number;
  /** Amounts as claimed: time in minutes, else hundredths of the unit. */
  amounts: readonly number[];
  titles: readonly string[];
  providers: readonly string[];
  /** Days that it took, at most. */
  days: number;
  /** Levels at which it may be. */
  levels?: readonly string[];
}
