import { z } from 'zod';
import { Sha256 } from './cycle.ts';
import { defineFact } from './define.ts';
import { Code, Day, storedText, Uuid } from './shapes.ts';

/** Cells in one chunk, at most. */
export const CELLS_PER_FACT = 500;

/** What a row or a column of a table stands for: an id, a code, a month, a day. Never a name. */
export const CellKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._/-]{0,63}$/, {
  error: 'an id, a code or a date is expected',
});

export const DisclosureProfilePublished = defineFact({
  type: 'DisclosureProfilePublished',
  category: 'release',
  says: 'A version of what keeps published tables from speaking of single people.',
  shape: {
    version: z.int().min(1),
    name: storedText(200),
    /** A body with fewer members is not spoken of where its figures would leave it and the society. */
    minimumMembers: z.int().min(1).max(1_000),
    /** A cell of fewer people is suppressed. */
    minimumCell: z.int().min(1).max(1_000),
    /** Figures are rounded to a multiple of it; 1: they are not. */
    roundingBase: z.int().min(1).max(1_000),
    /** No percentage of a smaller base. */
    smallBase: z.int().min(0).max(10_000),
    /** The finest place that is published where nothing else is asked for. */
    level: z.enum(['council', 'region-by-type', 'region', 'nation', 'society']),
  },
});

export const NeighboursPublished = defineFact({
  type: 'NeighboursPublished',
  category: 'release',
  says: 'Which regions border on which: the whole, in place of what was published before in any stream.',
  shape: {
    regions: z
      .array(z.strictObject({ region: Code, neighbours: z.array(Code).max(100) }))
      .min(1)
      .max(200),
  },
});

/** What was asked, in the words of the question: it can be asked again. */
export const TableQuery = z.strictObject({
  report: Code,
  /** Rows and columns, in the order of a cell’s key. */
  by: z.array(Code).max(8),
  filters: z.array(z.strictObject({ by: Code, values: z.array(CellKey).min(1).max(200) })).max(20),
  /** For which day, or from which to which. */
  from: Day.optional(),
  on: Day,
});

export const TableReleased = defineFact({
  type: 'TableReleased',
  category: 'release',
  says: 'A table was given out: what was asked, as of when, under which disclosure profile.',
  shape: {
    releaseId: Uuid,
    query: TableQuery,
    /** Facts with a lower index were looked at. */
    asOf: z.int().min(1),
    standing: z.enum(['provisional', 'final']),
    /** The fact that published the disclosure profile. */
    profile: Uuid,
    /** Over all cells in canonical JSON (RFC 8785), in their order. */
    digest: Sha256,
    cells: z.int().min(0),
    /** How many facts `TableCellsListed` follow; until the last is there, nothing was given out. */
    parts: z.int().min(0),
  },
});

export const TableCell = z.strictObject({
  key: z.array(CellKey).max(8),
  status: z.enum(['shown', 'suppressed', 'not-known']),
  /** Whole numbers by what they measure; a measure that was withheld is absent. */
  values: z
    .array(z.strictObject({ measure: Code, value: z.int() }))
    .max(20)
    .optional(),
});

export const TableCellsListed = defineFact({
  type: 'TableCellsListed',
  category: 'release',
  says: 'A chunk of the cells of a released table, as they were given out.',
  shape: {
    releaseId: Uuid,
    part: z.int().min(1),
    cells: z.array(TableCell).min(1).max(CELLS_PER_FACT),
  },
});
