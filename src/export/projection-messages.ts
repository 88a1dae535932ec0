import type { ProjectedFact, TableCell } from './define-projection.ts';

/** What the ledger says to the process of a projection. Each is answered before the next is sent. */
export type ToProjection =
  | { say: 'load'; file: string }
  | { say: 'facts'; facts: ProjectedFact[] }
  | { say: 'begin' }
  | { say: 'rows' }
  /** Asks for what comes after the rows that were sent. */
  | { say: 'more' };

/** What the process answers. */
export type FromProjection =
  | { say: 'loaded'; name: string; types: string[]; columns: string[] }
  | { say: 'done' }
  | { say: 'rows'; rows: TableCell[][]; last: boolean }
  | { say: 'failed'; message: string };
