import type { Load } from './define.ts';
import { refuse } from './rejection.ts';
import type { Release } from './release-state.ts';
import { seriesOf } from './release-state.ts';
import type { Look } from './table-cells.ts';
import { type Counted, looksOf, ruleOf, tableToRelease } from './table-to-release.ts';

/** What is asked to be given out. */
export interface Asked {
  framework: string;
  on: string;
  asOf?: { index: number } | { time: string } | undefined;
  standing: 'provisional' | 'final';
}

type Profile = NonNullable<Release['profile']>['data'];

/** Counts of a framework’s skills on a day, with who moved since earlier looks. */
export type Count = (
  query: Omit<Asked, 'standing'> & { level: Profile['level']; since: Look[] },
) => Promise<Counted>;

/**
 * A table of capability as it may be given out by the disclosure profile of a stream of releases, beside the last one:
 * the body of `release-table`.
 *
 * @throws Rejection where the stream holds no profile, or tables of the framework are given out by another one
 */
export async function madeRelease(
  load: Load,
  { release, others }: { release: string; others: readonly string[] },
  { standing, ...asked }: Asked,
  count: Count,
) {
  const { profile, tables } = await load('release', release);
  if (profile === undefined) refuse('release-wrong', 'no disclosure profile stands here');
  const filters = [{ by: 'framework', values: [asked.framework] }];
  const of = { report: 'capability', filters };
  for (const other of others) {
    if (other === release || !(await load('release', other)).tables.has(seriesOf(of))) continue;
    refuse('release-wrong', `tables of this framework are given out by ${other}`);
  }
  const last = tables.get(seriesOf(of));
  const { level } = profile.data;
  const counted = await count({ ...asked, level, since: looksOf(last) });
  const rule = ruleOf(profile.data);
  return {
    query: { report: 'capability', by: [...counted.dims], filters, on: counted.on },
    asOf: counted.asOf,
    standing,
    profile: profile.eventId,
    ...(last === undefined ? {} : { after: last.data.releaseId }),
    cells: tableToRelease(counted, rule, last),
  };
}
