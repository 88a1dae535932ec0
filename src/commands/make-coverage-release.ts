import { aboutParts, stepOf } from '../disclosure/split.ts';
import type { Rule } from '../disclosure/table.ts';
import type { Load } from './define.ts';
import { type Asked, afterLast, type Streams, seriesIn } from './make-release.ts';
import { refuse } from './rejection.ts';
import type { Release, TableGiven } from './release-state.ts';
import { type Look, rootOf, rootValues } from './table-cells.ts';

type Cell = TableGiven['cells'][number];
type Level = NonNullable<Release['profile']>['data']['level'];

export type Place = 'region' | 'type' | 'nation' | 'country';

/** What bodies are in one whole by: each level of a disclosure profile, but never a body by itself. */
const placesOf: Record<Level, readonly Place[]> = {
  council: ['region', 'type'],
  'region-by-type': ['region', 'type'],
  region: ['region'],
  nation: ['nation'],
  society: ['country'],
};

/** How bodies stand to a profile at one look, and to which whole each belongs. */
export interface Stood {
  asOf: number;
  bodies: readonly { body: string; whole: readonly string[]; state: string }[];
}

/**
 * What bodies are protected by: that neither all nor none of a known whole are in a state can be told, not even by one
 * of them that leaves itself out. Bodies are no persons, so the number of people has no part in it.
 */
const BODIES = 2;

/**
 * A table of how bodies stand to a profile of capability, as it may be given out beside the last one: the body of
 * `release-table`. A whole stands as it was until at least two of its bodies stand otherwise.
 *
 * @throws Rejection where the stream holds no disclosure profile, or tables of this are given out by another one
 */
export async function madeCoverageRelease(
  load: Load,
  streams: Streams,
  { profile: capability, on, asOf, standing }: Asked & { profile: string },
  states: readonly string[],
  look: (query: Pick<Asked, 'on' | 'asOf'>, by: readonly Place[]) => Promise<Stood>,
) {
  const of = { report: 'coverage', filters: [{ by: 'profile', values: [capability] }] };
  const { profile, last } = await seriesIn(load, streams, of);
  const rule = { smallest: BODIES, base: profile.data.roundingBase };
  const by = placesOf[profile.data.level];
  if (last !== undefined && last.data.query.by.join() !== by.join()) {
    refuse('release-wrong', `it was given out by ${last.data.query.by.join(', ')}: so it goes on`);
  }
  const found = await look({ on, asOf }, by);
  const alone = aloneAmong(found, rule, last);
  const now = pooled(found, alone);
  const earlier = new Map<string, Stood>();
  for (const cell of last?.cells ?? []) {
    const root = rootOf(cell);
    if (root === undefined || earlier.has(nameOf(root.look))) continue;
    const then = { on: root.look.on, asOf: { index: root.look.asOf } };
    earlier.set(nameOf(root.look), pooled(await look(then, by), alone));
  }
  const wholes = new Map(now.bodies.map(({ whole }) => [whole.join('/'), whole]));
  const cells = [...wholes.values()].sort().map((whole) => {
    const stood = last?.cells.find(({ key }) => key.join('/') === whole.join('/'));
    const root = stood === undefined ? undefined : rootOf(stood);
    const then = root === undefined ? undefined : earlier.get(nameOf(root.look));
    if (stood !== undefined && then !== undefined && changed(then, now, whole) < BODIES) {
      return stood;
    }
    return cellOf(now, whole, states, rule, { on, asOf: now.asOf });
  });
  const table = { query: { ...of, by: [...by], on }, asOf: now.asOf, standing, cells };
  return afterLast(table, profile, last);
}

/** Of a type that has no whole of its own in its region. */
const OTHERS = 'others';

/**
 * Wholes of which something is said apart: those of which rounding leaves enough, in the first table; and ever after the
 * same, since another whole with the same bodies would tell more beside the earlier one. It depends on what everybody
 * knows alone: how many bodies there are.
 */
function aloneAmong(
  { bodies }: Stood,
  rule: Rule,
  last: TableGiven | undefined,
): ReadonlySet<string> {
  if (last !== undefined) return new Set(last.cells.map(({ key }) => key.join('/')));
  const sizes = new Map<string, number>();
  for (const { whole } of bodies) {
    sizes.set(whole.join('/'), (sizes.get(whole.join('/')) ?? 0) + 1);
  }
  return new Set([...sizes].filter(([, size]) => size >= 4 * stepOf(rule)).map(([name]) => name));
}

/** Types without a whole of their own are one whole in each region. */
function pooled({ asOf, bodies }: Stood, alone: ReadonlySet<string>): Stood {
  const whole = (places: readonly string[]) =>
    places.length === 2 && !alone.has(places.join('/')) ? [places[0] ?? '', OTHERS] : places;
  return { asOf, bodies: bodies.map((one) => ({ ...one, whole: whole(one.whole) })) };
}

function cellOf(
  { bodies }: Stood,
  whole: readonly string[],
  states: readonly string[],
  rule: Rule,
  look: Look,
): Cell {
  const own = bodies.filter((one) => one.whole.join('/') === whole.join('/'));
  const counts = states.map((state) => own.filter((one) => one.state === state).length);
  const about = aboutParts(counts, rule);
  const parts = states.map((measure, at) => ({ measure, value: about[at] ?? 0 }));
  const values = [{ measure: 'councils', value: own.length }, ...parts, ...rootValues(look, rule)];
  return { key: [...whole], status: 'shown', values };
}

/** Bodies of a whole that stand otherwise than they did, or that came to it or left it. */
function changed(then: Stood, now: Stood, whole: readonly string[]): number {
  const stateIn = ({ bodies }: Stood) =>
    new Map(
      bodies
        .filter((one) => one.whole.join('/') === whole.join('/'))
        .map(({ body, state }) => [body, state]),
    );
  const [was, is] = [stateIn(then), stateIn(now)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (body) => was.get(body) !== is.get(body),
  ).length;
}

function nameOf({ on, asOf }: Look): string {
  return `${on}/${asOf}`;
}
