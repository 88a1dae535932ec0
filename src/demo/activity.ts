import type { KindRule } from '../scheme/rulebook.ts';

/** A kind of activity as members claim it: what it is called in the rulebook, and what they type. */
export interface Activity {
  kind: string;
  unit: KindRule['unit'];
  category: 'learning' | 'self-directed' | 'practice' | 'contribution';
  /** Hundredths of a point for one unit. */
  pointsPerUnit: number;
  counts: 'recording' | 'approval';
  /** How often it is claimed. */
  weight: number;
  /** Amounts as claimed: time in minutes, else hundredths of the unit. */
  amounts: readonly number[];
  titles: readonly string[];
  providers: readonly string[];
  /** Days that it took, at most. */
  days: number;
}
