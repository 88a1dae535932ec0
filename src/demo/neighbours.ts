/** Regions that border on one another, each pair once. */
const borders: readonly (readonly [string, string])[] = [
  ['east-midlands', 'east-of-england'],
  ['east-midlands', 'south-east'],
  ['east-midlands', 'west-midlands'],
  ['east-midlands', 'yorkshire-and-the-humber'],
  ['east-of-england', 'london'],
  ['east-of-england', 'south-east'],
  ['london', 'south-east'],
  ['north-east', 'north-west'],
  ['north-east', 'scotland'],
  ['north-east', 'yorkshire-and-the-humber'],
  ['north-west', 'east-midlands'],
  ['north-west', 'scotland'],
  ['north-west', 'wales'],
  ['north-west', 'west-midlands'],
  ['north-west', 'yorkshire-and-the-humber'],
  ['south-east', 'south-west'],
  ['south-east', 'west-midlands'],
  ['south-west', 'wales'],
  ['south-west', 'west-midlands'],
  ['wales', 'west-midlands'],
];

/** Every region with those that border on it, but for those left out. An island borders on none. */
export function neighbours(without: readonly string[]) {
  const of = new Map<string, string[]>([['northern-ireland', []]]);
  for (const pair of borders) {
    if (pair.some((region) => without.includes(region))) continue;
    const [one, other] = pair;
    of.set(one, [...(of.get(one) ?? []), other]);
    of.set(other, [...(of.get(other) ?? []), one]);
  }
  return [...of].map(([region, others]) => ({ region, neighbours: others }));
}
