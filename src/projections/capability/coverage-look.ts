import type { AsOf } from '../member-facts.ts';
import type { Views } from '../views.ts';

/** By what bodies are put together for publication: `country` is all of them. */
export type Whole = 'region' | 'type' | 'nation' | 'country';

/**
 * How bodies stand to a profile on a day, each in the whole of which everybody knows how many bodies it has. Undefined
 * where there is no such profile.
 */
export async function coverageLook(
  views: Views,
  profile: string,
  look: { on: string; asOf?: AsOf | undefined },
  by: readonly Whole[],
) {
  const asked = { profile, ...look, councils: 'then' as const, today: look.on, by: [] };
  const report = await views.coverage(asked);
  if (report === undefined) return undefined;
  const bodies = report.items.map(({ council, region, type, nation, state }) => {
    const of = { region: region ?? 'none', type, nation: nation ?? 'none', country: 'all' };
    return { body: council, whole: by.map((place) => of[place]), state };
  });
  return { asOf: report.asOf, bodies };
}

/** Streams of releases that hold a disclosure profile, whatever was given out there. */
export async function disclosureProfiles(views: Views): Promise<string[]> {
  const { items } = await views.registered({ register: 'release' }, { limit: 100 });
  return items.filter(({ data }) => 'minimumCell' in data).map(({ id }) => id);
}
