/** A file, an option or a mapping with which no row can be read. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** What is wrong with a row: where, what stands there, and what was expected. */
export interface Bad {
  /** The first line of the record, from 1; the header is a line too. */
  line: number;
  /** As the file heads it; absent: the row as a whole. */
  column?: string;
  value?: string;
  expected: string;
}

/** What is worth knowing and stops nothing. */
export interface Notice {
  line?: number;
  says: string;
}
