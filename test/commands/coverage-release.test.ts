import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Load } from '../../src/commands/define.ts';
import { madeCoverageRelease, type Stood } from '../../src/commands/make-coverage-release.ts';
import type { TableGiven } from '../../src/commands/release-state.ts';
import { measured, rootOf } from '../../src/commands/table-cells.ts';
import { fact, idOf, stateOf, type Told } from '../support/specification.ts';

const RELEASE = idOf('release');
const PROFILE = idOf('capability profile');
const states = ['met', 'not-met'];

function disclosure(level: 'region' | 'region-by-type'): Told {
  const figures = { minimumMembers: 5, minimumCell: 5, roundingBase: 5, smallBase: 20 };
  const data = { ...figures, version: 1, name: 'Public tables', level };
  return fact('DisclosureProfilePublished', data, { of: RELEASE });
}

/** Bodies of one region, so many of which are met. */
function bodies(asOf: number, met: number, all = 20): Stood {
  const region = Array.from({ length: all }, (_, n) => ({
    body: `body ${n}`,
    whole: ['north'],
    state: n < met ? 'met' : 'not-met',
  }));
  return { asOf, bodies: region };
}

async function made(past: Told[], looks: readonly Stood[], asOf: number) {
  const load: Load = async (category, id) => stateOf(past, category, id);
  const asked = { profile: PROFILE, on: '2026-03-01', asOf: { index: asOf } };
  const streams = { release: RELEASE, others: [] };
  const look = async ({
    asOf: at,
  }: {
    asOf?: { index: number } | { time: string } | undefined;
  }) => {
    const found = looks.find((one) => at !== undefined && 'index' in at && one.asOf === at.index);
    if (found === undefined) throw new Error('nobody looked then');
    return found;
  };
  const standing = 'final' as const;
  return madeCoverageRelease(load, streams, { ...asked, standing }, states, look);
}

function given({ query, asOf, cells }: Awaited<ReturnType<typeof made>>): Told[] {
  const data = { releaseId: idOf(`table ${asOf}`), query, asOf, standing: 'final' as const };
  const rest = { profile: idOf('fact'), digest: '0'.repeat(64), cells: cells.length, parts: 1 };
  const listed = { releaseId: data.releaseId, part: 1, cells };
  return [
    fact('TableReleased', { ...data, ...rest }, { of: RELEASE }),
    fact('TableCellsListed', listed, { of: RELEASE }),
  ];
}

const shown = (cells: TableGiven['cells']) =>
  cells.map((cell) => [
    ...['councils', ...states].map((measure) => measured(cell, measure)),
    rootOf(cell)?.look.asOf,
  ]);

describe('a table of coverage that is given out', () => {
  it('rounds the parts of a whole, so that neither all nor none can be told', async () => {
    const past = [disclosure('region')];
    const all = await made(past, [bodies(10, 20)], 10);
    expect(shown(all.cells)).to.deep.equal([[20, 20, 0, 10]]);
    // It would have been the same of eighteen, and of nineteen.
    for (const met of [18, 19]) {
      expect((await made(past, [bodies(10, met)], 10)).cells).to.deep.equal(all.cells);
    }
  });

  it('stands until two bodies of a whole stand otherwise', async () => {
    const past = [disclosure('region')];
    const first = await made(past, [bodies(10, 17)], 10);
    expect(shown(first.cells)).to.deep.equal([[20, 15, 5, 10]]);
    const then = [...past, ...given(first)];
    const one = await made(then, [bodies(10, 17), bodies(20, 18)], 20);
    expect(one.cells).to.deep.equal(first.cells);
    const two = await made([...then, ...given(one)], [bodies(10, 17), bodies(30, 19)], 30);
    expect(shown(two.cells)).to.deep.equal([[20, 20, 0, 30]]);
  });

  it('puts small types of a region together, and for ever', async () => {
    const places = (asOf: number, small: number): Stood => ({
      asOf,
      bodies: [...Array(20 + small).keys()].map((n) => ({
        body: `body ${n}`,
        whole: ['north', n < 20 ? 'district' : n % 2 ? 'county' : 'unitary'],
        state: n % 2 ? 'met' : 'not-met',
      })),
    });
    const past = [disclosure('region-by-type')];
    const first = await made(past, [places(10, 8)], 10);
    const keys = [
      ['north', 'district'],
      ['north', 'others'],
    ];
    expect(first.cells.map(({ key }) => key)).to.deep.equal(keys);
    expect(shown(first.cells)).to.deep.equal([
      [20, 10, 10, 10],
      [8, 5, 0, 10],
    ]);
    const looks = [places(10, 8), places(20, 60)];
    const later = await made([...past, ...given(first)], looks, 20);
    expect(later.cells.map(({ key }) => key)).to.deep.equal(keys);
    expect(shown(later.cells)[1]).to.deep.equal([60, 30, 30, 20]);
  });

  it('goes on by the places by which it began', async () => {
    const first = await made([disclosure('region')], [bodies(10, 17)], 10);
    const past = [disclosure('region'), ...given(first), disclosure('region-by-type')];
    const refused = await made(past, [bodies(10, 17)], 10).catch(({ code }) => code);
    expect(refused).to.equal('release-wrong');
  });
});
