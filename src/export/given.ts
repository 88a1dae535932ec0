import type { Load } from '../commands/define.ts';
import type { Release, TableGiven } from '../commands/release-state.ts';
import { disclosureProfiles } from '../projections/capability/coverage-look.ts';
import type { Views } from '../projections/views.ts';

/** Where tables that were given out are read: the streams of releases, and what the read models know of them. */
export interface GivenSource {
  load: Load;
  views: Views;
}

/** There is no such table that was given out, or there are several, or it is not so cut. */
export class NoSuchTable extends Error {
  override name = 'NoSuchTable';
  readonly why: 'none' | 'several' | 'cut-otherwise';
  constructor(why: NoSuchTable['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** A table that was given out last of its series, with the stream in which it stands. */
export interface Given {
  release: string;
  table: TableGiven;
  /** The disclosure profile as it is by now. */
  profile: NonNullable<Release['profile']>['data'];
}

/** The last table, by the disclosure profile and of the framework or profile that are named. @throws NoSuchTable */
export async function lastGiven(
  { load, views }: GivenSource,
  release: string | undefined,
  { report, of }: { report: 'capability' | 'coverage'; of: string | undefined },
): Promise<Given> {
  const ids = release === undefined ? await disclosureProfiles(views) : [release];
  const found: Given[] = [];
  for (const id of ids) {
    const { profile, tables } = await load('release', id);
    if (profile === undefined) continue;
    for (const table of tables.values()) {
      if (table.data.query.report !== report) continue;
      if (of !== undefined && subjectOf(table) !== of) continue;
      found.push({ release: id, table, profile: profile.data });
    }
  }
  const [only, another] = found;
  if (only === undefined) throw new NoSuchTable('none', 'no such table was given out yet');
  if (another === undefined) return only;
  throw new NoSuchTable(
    'several',
    'there are several: name the framework or profile, and the release',
  );
}

/** Of which framework, or profile, a table is. */
export function subjectOf({ data }: TableGiven): string {
  return data.query.filters[0]?.values[0] ?? '';
}

/** @throws NoSuchTable where one of these is no dimension of the table */
export function cutByItsOwn({ data }: TableGiven, dimensions: readonly string[]): void {
  const { by } = data.query;
  const strange = dimensions.find((name) => !by.includes(name));
  if (strange === undefined) return;
  throw new NoSuchTable('cut-otherwise', `this table is by ${by.join(', ')}, not by ${strange}`);
}
