import type { Load } from './define.ts';
import { refuse } from './rejection.ts';
import { type Release, seriesOf, type TableGiven } from './release-state.ts';
import type { Look } from './table-cells.ts';
import { type Counted, looksOf, ruleOf, tableToRelease } from './table-to-release.ts';

/** Of when a table is asked to be, and how it stands. */
export interface Asked {
  on: string;
  asOf?: { index: number } | { time: string } | undefined;
  standing: 'provisional' | 'final';
}

/** The stream of releases in which a table is given out, among all that have a disclosure profile. */
export interface Streams {
  release: string;
  others: readonly string[];
}

type Profile = NonNullable<Release['profile']>;
type Series = Pick<TableGiven['data']['query'], 'report' | 'filters'>;

/** Counts of a framework’s skills on a day, with who moved since earlier looks. */
export type Count = (
  query: Omit<Asked, 'standing'> & {
    framework: string;
    level: Profile['data']['level'];
    since: Look[];
  },
) => Promise<Counted>;

/**
 * A table of capability as it may be given out by the disclosure profile of a stream of releases, beside the last one:
 * the body of `release-table`.
 *
 * @throws Rejection where the stream holds no profile, or tables of the framework are given out by another one
 */
export async function madeRelease(
  load: Load,
  streams: Streams,
  { framework, ...asked }: Asked & { framework: string },
  count: Count,
) {
  const of = { report: 'capability', filters: [{ by: 'framework', values: [framework] }] };
  const { profile, last } = await seriesIn(load, streams, of);
  const { on, asOf } = asked;
  const { level } = profile.data;
  const counted = await count({ on, asOf, framework, level, since: looksOf(last) });
  const by = [...counted.dims];
  const cells = tableToRelease(counted, ruleOf(profile.data), last);
  const table = { query: { ...of, by, on }, asOf: counted.asOf, standing: asked.standing, cells };
  return afterLast(table, profile, last);
}

/** The profile by which a series is given out, and its last table. @throws Rejection where it is not given out here */
export async function seriesIn(load: Load, { release, others }: Streams, of: Series) {
  const { profile, tables } = await load('release', release);
  if (profile === undefined) refuse('release-wrong', 'no disclosure profile stands here');
  for (const other of others) {
    if (other === release || !(await load('release', other)).tables.has(seriesOf(of))) continue;
    refuse('release-wrong', `tables of this are given out by ${other}`);
  }
  return { profile, last: tables.get(seriesOf(of)) };
}

/** A table with what it was made in sight of. */
export function afterLast<Table>(table: Table, profile: Profile, last: TableGiven | undefined) {
  const after = last === undefined ? {} : { after: last.data.releaseId };
  return { ...table, profile: profile.eventId, ...after };
}
