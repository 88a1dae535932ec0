import type { Holding } from './holdings.ts';
import { NONE, type Place, UNASSIGNED } from './places.ts';
import type { Placed } from './placing.ts';
import type { Cell, DimensionName, Figures } from './table.ts';
import { levelCodes, levelOf, type Terms } from './terms.ts';

/** Counts somebody at a time into cells. */
export interface Counter {
  /** `holdings` and `placed` of one human, those alone that are asked for. */
  count(month: string, holdings: readonly Holding[], placed: readonly Placed[]): void;
  /** In no order. */
  cells(): Cell[];
}

/** Bodies are bits, since there are millions of times to note one. */
type Tally = Figures & { key: string[]; at: Bits; currentAt: Bits };
type Bits = { words: Uint32Array };

/** What of somebody falls into the cells of one skill and level, as far as these are cut by. */
interface Had {
  key: number;
  holdings: number;
  current: number;
  events: number;
}

/** More than all frameworks have levels. */
const LEVELS = 4_096;

export function counterOf(terms: Terms, by: readonly DimensionName[]): Counter {
  const [bySkill, byLevel] = [by.includes('skill'), by.includes('level')];
  const placeNames = by.filter((name) => placeDimensions.has(name));
  const councilNumber = internedBy<string>((council) => [council]).number;
  const places = internedBy<Placed>((placed) => placeNames.map((name) => partOf(placed, name)));
  const codes = levelCodes(terms.frameworks);
  // By the place of a framework and the rank: codes that are the same in two of them are one level.
  const levels = terms.frameworks.map((framework) =>
    [0, ...framework.levels].map((_, rank) => codes.indexOf(levelOf(framework, rank))),
  );
  // By month, then by where, then by what: numbers, since there are millions.
  const months = new Map<string, Map<number, Tally>[]>();

  const keyOf = (month: string, where: number, what: number): string[] =>
    by.map((name) => {
      const skill = Math.floor(what / LEVELS);
      if (name === 'month') return month;
      if (name === 'skill') return terms.skills[skill]?.skill ?? '';
      if (name === 'level') return codes[what % LEVELS] ?? '';
      return places.parts(where)[placeNames.indexOf(name)] ?? NONE;
    });
  const whatOf = ({ skill, rank }: Holding): number => {
    const framework = terms.skills[skill]?.framework ?? 0;
    const level = byLevel ? (levels[framework]?.[rank] ?? 0) : 0;
    return bySkill ? skill * LEVELS + level : level;
  };
  return {
    count(month, holdings, placed) {
      if (holdings.length === 0 || placed.length === 0) return;
      const had = gathered(holdings, whatOf, bySkill);
      let wheres = months.get(month);
      if (wheres === undefined) {
        wheres = [];
        months.set(month, wheres);
      }
      for (const { where, people, councils } of together(placed, places.number, councilNumber)) {
        wheres[where] ??= new Map();
        const tallies = wheres[where];
        for (const one of had) {
          let tally = tallies.get(one.key);
          if (tally === undefined) {
            tally = nothing(keyOf(month, where, one.key));
            tallies.set(one.key, tally);
          }
          add(tally, one, people, councils);
        }
      }
    },
    cells: () =>
      [...months.values()].flatMap((wheres) =>
        wheres.flatMap((tallies) => [...(tallies?.values() ?? [])].map(cellOf)),
      ),
  };
}

const placeDimensions: ReadonlySet<DimensionName> = new Set([
  'council',
  'region',
  'nation',
  'type',
  'grade',
]);

export function partOf({ place, grade }: Placed, name: DimensionName): string {
  return name === 'grade' ? grade : (place[name as keyof Place] ?? NONE);
}

function gathered(
  holdings: readonly Holding[],
  whatOf: (holding: Holding) => number,
  apart: boolean,
): Had[] {
  const each = holdings.map((holding) => ({
    key: whatOf(holding),
    holdings: 1,
    current: holding.current ? 1 : 0,
    events: holding.events,
  }));
  if (apart) return each;
  const had = new Map<number, Had>();
  for (const one of each) {
    const before = had.get(one.key);
    if (before === undefined) had.set(one.key, one);
    else {
      before.holdings += 1;
      before.current += one.current;
      before.events += one.events;
    }
  }
  return [...had.values()];
}

/** Parts of one human that fall into the same cells. */
function together(
  placed: readonly Placed[],
  numberOf: (placed: Placed) => number,
  councilNumber: (council: string) => number,
) {
  const found = new Map<number, { where: number; people: number; councils: number[] }>();
  for (const one of placed) {
    const where = numberOf(one);
    const { council } = one.place;
    const before = found.get(where) ?? { where, people: 0, councils: [] };
    before.people += one.people;
    if (council !== NONE && council !== UNASSIGNED) before.councils.push(councilNumber(council));
    found.set(where, before);
  }
  return found.values();
}

function add(tally: Tally, had: Had, people: number, councils: readonly number[]): void {
  const current = had.current > 0;
  tally.people += people;
  if (current) tally.current += people;
  else tally.stale += people;
  tally.holdings += people * had.holdings;
  tally.currentHoldings += people * had.current;
  tally.heads += 1;
  tally.events += had.events;
  for (const council of councils) {
    note(tally.at, council);
    if (current) note(tally.currentAt, council);
  }
}

function nothing(key: string[]): Tally {
  return {
    key,
    people: 0,
    current: 0,
    stale: 0,
    holdings: 0,
    currentHoldings: 0,
    heads: 0,
    councils: 0,
    currentCouncils: 0,
    events: 0,
    at: { words: new Uint32Array(0) },
    currentAt: { words: new Uint32Array(0) },
  };
}

function note(bits: Bits, number: number): void {
  const word = number >>> 5;
  if (word >= bits.words.length) {
    const longer = new Uint32Array(Math.max(word + 1, bits.words.length * 2));
    longer.set(bits.words);
    bits.words = longer;
  }
  bits.words[word] = (bits.words[word] as number) | (1 << (number & 31));
}

function noted({ words }: Bits): number {
  let count = 0;
  for (let word of words) for (; word !== 0; word &= word - 1) count += 1;
  return count;
}

function cellOf({ at, currentAt, ...cell }: Tally): Cell {
  return { ...cell, councils: noted(at), currentCouncils: noted(currentAt) };
}

/** Numbers for lists of texts, from 0. */
function internedBy<Of>(partsOf: (of: Of) => string[]) {
  const numbers = new Map<string, number>();
  const known: string[][] = [];
  return {
    number(of: Of): number {
      const parts = partsOf(of);
      const text = parts.join('\n');
      let number = numbers.get(text);
      if (number === undefined) {
        number = known.push(parts) - 1;
        numbers.set(text, number);
      }
      return number;
    },
    parts: (number: number): readonly string[] => known[number] ?? [],
  };
}
