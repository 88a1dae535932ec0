import type { Measure } from '../scheme/rules/scalars.ts';

/** A kind of activity as members claim it: what it is called in the rulebook, and what they type. */
export interface Activity {
  kind: string;
  measure: Measure;
  category: 'learning' | 'self-directed' | 'practice' | 'contribution';
  /** Hundredths of a point for one unit. */
  points: number;
  accept: 'recording' | 'approval';
  /** How often it is claimed. */
  weight: number;
  /** Amounts as claimed: time in minutes, else hundredths of the unit. */
  amounts: readonly number[];
  titles: readonly string[];
  providers: readonly string[];
  /** Days that it took, at most. */
  days: number;
}
