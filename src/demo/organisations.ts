import type { CivilDate } from '../scheme/civil-date.ts';
import type { Random } from './random.ts';

/** A body of the demo: public, invented. */
export interface Body {
  /** Minted when it is entered. */
  id: string;
  name: string;
  /** Of its e-mail addresses, under a domain that cannot exist. */
  domain: string;
  type: string;
  region: string;
  nation: string;
  from: CivilDate;
  /** A code of an invented register. */
  code: string;
  /** How many members of the society it employs as the demo begins. */
  employs: number;
  /** Whether a story is told of it: then nobody moves there in passing. */
  told: boolean;
}

const starts =
  `Alder Bracken Cald Dun Elm Farn Gar Harrow Ivel Kest Lark Mar Nether Oaken Pen Quarn Raven Sel Thorn
Ulver Wether Yarrow Ash Beck Cran Drum Esk Fallow Glen Haver Inch Kel Linden Mallow Nor Ottar Pol Rush Stan Tarn
Wick Aven Birk Corn Dray Ember`.split(/\s+/);
const ends =
  `mere combe hollow stow bourne wold thorpe minster hythe march firth gate shaw fell wath garth haugh
strand reach moor`.split(/\s+/);

const types: readonly (readonly [string, number, string])[] = [
  ['district', 42, '# District Council'],
  ['unitary', 22, '# Council'],
  ['borough', 13, '# Borough Council'],
  ['county', 9, '#shire County Council'],
  ['fire', 5, '# Fire and Rescue Authority'],
  ['metropolitan', 5, '# Metropolitan Borough Council'],
  ['combined-authority', 2, '# Combined Authority'],
  ['shared-service', 2, '# ICT Partnership'],
];
const regions: readonly (readonly [string, string, number])[] = [
  ['north-east', 'england', 8],
  ['north-west', 'england', 13],
  ['yorkshire-and-the-humber', 'england', 10],
  ['east-midlands', 'england', 11],
  ['west-midlands', 'england', 11],
  ['east-of-england', 'england', 13],
  ['london', 'england', 6],
  ['south-east', 'england', 15],
  ['south-west', 'england', 11],
  ['wales', 'wales', 7],
  ['scotland', 'scotland', 9],
  ['northern-ireland', 'northern-ireland', 4],
];

/** Invents so many bodies, no two of one name, and says how many members each employs. */
export function inventBodies(
  random: Random,
  taken: Set<string>,
  count: number,
  members: number,
): Body[] {
  const sizes = sizesOf(random, count, members);
  return sizes.map((employs, index) => {
    const [type, , pattern] = random.weighted(types.map((entry) => [entry, entry[1]] as const));
    const [region, nation] = random.weighted(regions.map((entry) => [entry, entry[2]] as const));
    const place = placeName(random, taken);
    return {
      id: '',
      name: pattern.replace('#', place),
      domain: `${place.toLowerCase().replace(/[^a-z]/g, '')}.example`,
      type,
      region,
      nation,
      from: random.chance(0.15) ? `20${random.int(10, 19)}-04-01` : '1974-04-01',
      code: `INV${String(index + 1).padStart(4, '0')}`,
      employs,
      told: false,
    };
  });
}

/** Whether a body is large enough that one who comes or goes leaves the small ones as they are. */
export function isLarge(body: Body): boolean {
  return body.employs > 4;
}

/** The name of a place that is nowhere on a map. */
export function placeName(random: Random, taken: Set<string>): string {
  for (;;) {
    const base = `${random.pick(starts)}${random.pick(ends)}`;
    const before = random.chance(0.12) ? random.pick(['North', 'South', 'East', 'West']) : '';
    const name = `${before} ${base}`.trim();
    if (/(.)\1\1/.test(name) || taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/**
 * Members of each body: of 250, 40 with none and 60 with one, a median of 3, and the rest in few large ones.
 */
function sizesOf(random: Random, count: number, members: number): number[] {
  const share = (of250: number): number => Math.round((of250 * count) / 250);
  const small = [
    ...Array<number>(share(40)).fill(0),
    ...Array<number>(share(60)).fill(1),
    ...Array<number>(share(18)).fill(2),
    ...Array<number>(share(36)).fill(3),
  ];
  const large = Array.from({ length: Math.max(1, count - small.length) }, () => {
    const drawn = random.next();
    return 4 + Math.floor(drawn * drawn * 16);
  });
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  let left = members - sum(small) - sum(large);
  for (let index = 0; left !== 0; index = (index + 1) % large.length) {
    const size = large[index] as number;
    if (left < 0 && size <= 4 && large.some((other) => other > 4)) continue;
    if (left < 0 && size === 0) continue;
    large[index] = size + Math.sign(left);
    left -= Math.sign(left);
  }
  return random.shuffled([...small, ...large]);
}
