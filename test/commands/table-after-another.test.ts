import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { TableGiven } from '../../src/commands/release-state.ts';
import { figureOf, rootOf, whyOf } from '../../src/commands/table-cells.ts';
import { changesIn } from '../../src/commands/table-changes.ts';
import {
  type Counted,
  looksOf,
  ruleOf,
  tableToRelease,
} from '../../src/commands/table-to-release.ts';
import { idOf } from '../support/specification.ts';

const rule = { smallest: 4, base: 5 };

function counted(on: string, counts: readonly number[], moved = 0, why = {}): Counted {
  const cells = counts.map((count, at) => ({ key: ['law', at % 2 ? 'high' : 'low'], count }));
  const looks = [{ look: { on: '2026-01-01', asOf: 10 }, bySkill: { law: moved }, why }];
  return { on, asOf: 20, dims: ['skill', 'level'], cells, moved: looks };
}

function given(of: Counted, cells: TableGiven['cells']): TableGiven {
  const query = { report: 'capability', by: [...of.dims], filters: [], on: of.on };
  const data = { releaseId: idOf('table'), query, asOf: of.asOf, standing: 'final' as const };
  const rest = { profile: idOf('profile'), digest: '0'.repeat(64), cells: cells.length, parts: 1 };
  return { data: { ...data, ...rest }, cells };
}

const first = { ...counted('2026-01-01', [13, 3]), asOf: 10, moved: [] };
const last = given(first, tableToRelease(first, rule, undefined));

describe('A table after another', () => {
  it('says of when its figures are, and leaves out what was withheld', () => {
    expect(last.cells.map(({ key, status }) => [key, status])).to.deep.equal([
      [['law'], 'suppressed'],
      [['law', 'low'], 'shown'],
    ]);
    expect(last.cells.flatMap((cell) => rootOf(cell) ?? [])).to.deep.equal([
      { look: { on: '2026-01-01', asOf: 10 }, rule, told: true },
    ]);
    expect(looksOf(last)).to.deep.equal([{ on: '2026-01-01', asOf: 10 }]);
    expect(looksOf(undefined)).to.deep.equal([]);
  });

  it('has the earlier figures, of the earlier day, until enough people moved', () => {
    const few = tableToRelease(counted('2026-02-01', [15, 4], 3), rule, last);
    expect(few).to.deep.equal(last.cells);
    const enough = tableToRelease(counted('2026-02-01', [16, 4], 4), rule, last);
    expect(enough.flatMap((cell) => figureOf(cell) ?? [])).to.deep.equal([
      { key: ['law', 'low'], least: 15, most: 19, how: 'about' },
    ]);
  });

  it('says nothing of a skill by places of another kind until enough people moved', () => {
    const finer = (moved: number): Counted => ({
      ...counted('2026-02-01', [], moved),
      dims: ['skill', 'level', 'region'],
      cells: [{ key: ['law', 'low', 'north'], count: 14 }],
    });
    const made = tableToRelease(finer(3), rule, last);
    expect(made.map(({ key, status }) => [key, status])).to.deep.equal([[['law'], 'not-known']]);
    // Nor the time after that, since the figures by the other places are what was last said of it.
    const still = tableToRelease(finer(3), rule, given(finer(3), made));
    expect(still).to.deep.equal(made);
    const enough = tableToRelease(finer(4), rule, given(finer(3), made));
    expect(enough.map(({ status }) => status)).to.include('shown');
  });

  it('says which figures changed, and why where more moved than may not be spoken of', () => {
    const why = { new: 9, stale: 5, gone: 4 };
    const now = counted('2026-02-01', [21, 9], 18, why);
    const made = tableToRelease(now, rule, last);
    expect(changesIn({ ...given(now, made), before: last.cells })).to.deep.equal({
      anew: ['law'],
      stood: [],
      figures: [
        { key: ['law', 'low'], before: { least: 10, most: 14 }, now: { least: 20, most: 24 } },
        { key: ['law', 'high'], now: { least: 5, most: 9 } },
      ],
      why: ['new', 'stale'],
    });
    const sameDay = tableToRelease({ ...now, on: '2026-01-01' }, rule, last);
    expect(whyOf(sameDay)).to.deep.equal(['corrected']);
    expect(changesIn(last)).to.deep.include({ anew: ['law'], stood: [], why: [] });
  });

  it('goes by the larger of the two smallest numbers of a profile', () => {
    const profile = { version: 1, name: 'Public', smallBase: 20, level: 'region' as const };
    const of = (minimumCell: number, minimumMembers: number) =>
      ruleOf({ ...profile, roundingBase: 5, minimumCell, minimumMembers });
    expect(of(5, 3)).to.deep.equal({ smallest: 5, base: 5 });
    expect(of(3, 8)).to.deep.equal({ smallest: 8, base: 5 });
  });
});
