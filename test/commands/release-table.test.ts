import { createHash } from 'node:crypto';
import { describe, it } from 'mocha';
import { releaseTable } from '../../src/commands/release-table.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { canonical } from '../../src/proofs/jcs.ts';
import { admin } from '../support/past.ts';
import { COMMAND, fact, given, idOf, TODAY } from '../support/specification.ts';

const RELEASE = idOf('release');
const of = { by: admin, of: RELEASE };
const profile = fact(
  'DisclosureProfilePublished',
  {
    version: 1,
    name: 'Public tables',
    minimumMembers: 5,
    minimumCell: 5,
    roundingBase: 5,
    smallBase: 20,
    level: 'region-by-type',
  },
  { of: RELEASE, id: idOf('profile') },
);
const cells = Array.from({ length: 501 }, (_, n) => ({
  key: [`skill-${n}`],
  status: 'suppressed' as const,
}));
const query = { report: 'capability', by: ['skill'], filters: [], on: '2026-03-01' };
const body = { query, asOf: 40, standing: 'provisional', profile: idOf('profile'), cells };
const released = {
  releaseId: newIdOf(COMMAND, 'table'),
  query,
  asOf: 40,
  standing: 'provisional' as const,
  profile: idOf('profile'),
  digest: createHash('sha256').update(canonical(cells)).digest('hex'),
  cells: 501,
  parts: 2,
};
const parts = [cells.slice(0, 500), cells.slice(500)].map((some, at) => ({
  type: 'TableCellsListed' as const,
  data: { releaseId: released.releaseId, part: at + 1, cells: some },
}));
const before = [
  profile,
  fact('TableReleased', released, { of: RELEASE }),
  ...parts.map(({ type, data }) => fact(type, data, { of: RELEASE })),
];
const next = { ...body, after: released.releaseId };

describe('a table that is given out', () => {
  it('is recorded with its cells in chunks, under the profile of its stream', async () => {
    await given(profile)
      .when(releaseTable, body, of)
      .then({ type: 'TableReleased', data: released }, ...parts);
    await given().when(releaseTable, body, of).thenRefused('release-wrong');
  });

  it('was made in sight of the last table and of the profile in force, or is refused', async () => {
    const outdated = async (more: object) =>
      given(...before)
        .when(releaseTable, { ...next, standing: 'final', ...more }, of)
        .thenRefused('release-outdated');
    await outdated({ after: undefined });
    await outdated({ after: idOf('another') });
    await outdated({ profile: idOf('earlier profile') });
    await outdated({ asOf: 39 });
    await given(profile).when(releaseTable, next, of).thenRefused('release-outdated');
  });

  it('is recorded whole or not at all: one that no append holds is refused', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        key: [idOf('skill'), 'current', 'practised', `region-${n}`, 'metropolitan'],
        status: 'shown' as const,
        values: [
          { measure: 'least', value: 20 },
          { measure: 'most', value: 24 },
        ],
      }));
    const [fitting, beyond] = [many(4_500), many(6_000)];
    const digest = createHash('sha256').update(canonical(fitting)).digest('hex');
    const chunks = Array.from({ length: 9 }, (_, n) => fitting.slice(n * 500, n * 500 + 500));
    await given(profile)
      .when(releaseTable, { ...body, cells: fitting }, of)
      .then(
        { type: 'TableReleased', data: { ...released, digest, cells: 4_500, parts: 9 } },
        ...chunks.map((some, at) => ({
          type: 'TableCellsListed' as const,
          data: { releaseId: released.releaseId, part: at + 1, cells: some },
        })),
      );
    const asked = given(profile).when(releaseTable, { ...body, cells: beyond }, of);
    await asked.thenRefused('too-many');
  });

  it('says something new: another day, other figures, or that it is final', async () => {
    await given(...before)
      .when(releaseTable, { ...next, asOf: 41 }, of)
      .thenRefused('already-released');
    await given(...before)
      .when(releaseTable, { ...next, standing: 'final' }, of)
      .then({ type: 'TableReleased', data: { ...released, standing: 'final' } }, ...parts);
    await given(...before)
      .when(releaseTable, { ...next, query: { ...query, on: '2026-03-02' } }, of)
      .then(
        { type: 'TableReleased', data: { ...released, query: { ...query, on: '2026-03-02' } } },
        ...parts,
      );
  });

  it('follows only a table of which every cell was listed', async () => {
    await given(...before.slice(0, 3))
      .when(releaseTable, body, of)
      .then({ type: 'TableReleased', data: released }, ...parts);
  });

  it('is of a day that has come', async () => {
    const on = (day: string) =>
      given(profile).when(releaseTable, { ...body, query: { ...query, on: day } }, of);
    await on('2026-03-11').thenRefused('date-wrong');
    await on(TODAY).then(
      { type: 'TableReleased', data: { ...released, query: { ...query, on: TODAY } } },
      ...parts,
    );
  });
});
