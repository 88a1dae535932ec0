import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newIdOf } from '../events/ids.ts';
import { CELLS_PER_FACT, TableCell, TableQuery } from '../events/release.ts';
import { Uuid } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { canonical } from '../proofs/jcs.ts';
import { inChunks } from './chunks.ts';
import { defineCommand } from './define.ts';
import { refuse } from './rejection.ts';
import { seriesOf, type TableGiven } from './release-state.ts';

/**
 * Records a table as it was given out. It was counted and made safe by the caller, from what stood in this stream: what
 * came between (another table, a version of the profile) refuses it, for the figures of two tables are safe only
 * where the second was made in sight of the first (docs/adr/0020-disclosure.md).
 */
export const releaseTable = defineCommand({
  name: 'release-table',
  category: 'release',
  body: z.strictObject({
    query: TableQuery,
    asOf: z.int().min(1),
    standing: z.enum(['provisional', 'final']),
    /** The fact that published the disclosure profile. */
    profile: Uuid,
    /** The table after which this one was made; absent: it is the first of its series. */
    after: Uuid.optional(),
    cells: z.array(TableCell).min(1),
  }),
  decide({ id, body, today }, { profile, tables }) {
    const { query, asOf, standing, cells, after } = body;
    if (profile === undefined) refuse('release-wrong', 'no disclosure profile stands here');
    const last = tables.get(seriesOf(query));
    if (profile.eventId !== body.profile || last?.data.releaseId !== after) {
      refuse('release-outdated', 'a table or a version of the profile came between: ask again');
    }
    if (query.on > today) refuse('date-wrong', `${query.on} is still to come`);
    if (asOf < (last?.data.asOf ?? 0)) {
      refuse('release-outdated', `a table as of index ${last?.data.asOf} was given out since`);
    }
    if (last !== undefined && saidOf({ data: body, cells }) === saidOf(last)) {
      refuse('already-released', 'this table was given out just so');
    }
    const text = canonical(cells);
    if (Buffer.byteLength(text) > limits.releaseBytes)
      refuse('too-many', tooMany(cells.length, text));
    const digest = createHash('sha256').update(text).digest('hex');
    const said = { query, asOf, standing, profile: profile.eventId, digest };
    const releaseId = newIdOf(id, 'table');
    const chunks = inChunks(cells, CELLS_PER_FACT);
    return [
      {
        type: 'TableReleased',
        data: { releaseId, ...said, cells: cells.length, parts: chunks.length },
      },
      ...chunks.map((chunk, index) => ({
        type: 'TableCellsListed' as const,
        data: { releaseId, part: index + 1, cells: chunk },
      })),
    ];
  },
});

/** A table is one append, since half of one would be a table of its own. */
function tooMany(cells: number, text: string): string {
  const most = Math.floor((cells * limits.releaseBytes) / Buffer.byteLength(text) / 100) * 100;
  return `the table has ${cells} figures of their own, and some ${most} can be recorded at once: a disclosure profile of a coarser level (region, nation, society), or with a larger smallest cell, has fewer`;
}

/** What a table says: the same figures as of a later index are the same table, unless it is final now. */
function saidOf({ data, cells }: Said): string {
  return canonical([data.query, data.standing, cells.filter(({ key }) => key.length > 0)]);
}

interface Said {
  data: Pick<TableGiven['data'], 'query' | 'standing'>;
  cells: TableGiven['cells'];
}
