import type { z } from 'zod';
import type { AnyFact } from '../events/registry.ts';
import type { TableCell } from '../events/release.ts';

type DataOf<T extends AnyFact['type']> = Extract<AnyFact, { type: T }>['data'];

/** A table that was given out, with all its cells. */
export interface TableGiven {
  data: DataOf<'TableReleased'>;
  cells: z.output<typeof TableCell>[];
  /** Those of the table before it in its series. */
  before?: z.output<typeof TableCell>[];
}

/** A disclosure profile as last published, with the fact that says so, and what was given out under it; or neighbours. */
export interface Release {
  profile: { eventId: string; data: DataOf<'DisclosureProfilePublished'> } | undefined;
  neighbours: boolean;
  /** Of each report (and what it was filtered by) the last table that was given out whole. */
  tables: Map<string, TableGiven>;
  /** One of which cells are still to come. */
  coming: TableGiven | undefined;
}

export const release = {
  initial: (): Release => ({
    profile: undefined,
    neighbours: false,
    tables: new Map(),
    coming: undefined,
  }),
  evolve(state: Release, fact: AnyFact): Release {
    if (fact.type === 'DisclosureProfilePublished') {
      state.profile = { eventId: fact.id, data: fact.data };
    } else if (fact.type === 'NeighboursPublished') state.neighbours = true;
    else if (fact.type === 'TableReleased') state.coming = { data: fact.data, cells: [] };
    else if (fact.type === 'TableCellsListed') state.coming?.cells.push(...fact.data.cells);
    const { coming } = state;
    if (coming !== undefined && coming.cells.length === coming.data.cells) {
      const series = seriesOf(coming.data.query);
      const before = state.tables.get(series)?.cells;
      state.tables.set(series, { ...coming, ...(before && { before }) });
      state.coming = undefined;
    }
    return state;
  },
};

/** Tables of one report and the same filters follow one another; their days and cuts may differ. */
export function seriesOf({
  report,
  filters,
}: Pick<DataOf<'TableReleased'>['query'], 'report' | 'filters'>): string {
  return JSON.stringify([report, filters]);
}
