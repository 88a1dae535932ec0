import { sharedOn } from '../commands/sharing.ts';
import { capabilityGiven } from '../export/capability-given.ts';
import { NoSuchTable } from '../export/given.ts';
import type { Helpers, SupportReport, WaySupported } from '../projections/capability/support.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import { behindWay } from './coverage-cell.ts';
import { givenSource } from './released.ts';
import type { Services } from './services.ts';

/** What the asker may see: figures about people, and how the body itself stands. */
export interface Seen {
  people: boolean;
  states: boolean;
}

type Names = ReadonlyMap<string, string>;

/** Names of who may be named, from their own streams: rows may lag behind a sharing that was just withdrawn. */
export async function namesOf(
  { ledger, directory }: Services,
  { needs }: SupportReport,
  { sharedWith, today }: { sharedWith: readonly string[]; today: CivilDate },
): Promise<Names> {
  const persons = needs.flatMap(({ ways }) =>
    ways.flatMap(({ helpers }) => helpers.flatMap((one) => one.persons)),
  );
  const names = new Map<string, string>();
  for (const person of new Set(persons.map((one) => one.person))) {
    const { sharings, erasure } = (await ledger.streams.load('member', person)).state;
    const shared = sharedWith.some((id) =>
      (['organisation', 'person'] as const).some((kind) =>
        sharedOn(sharings, { kind, id }, 'contact', today),
      ),
    );
    const name = shared && !erasure.person ? await directory.nameOf(person) : undefined;
    if (name !== undefined) names.set(person, name);
  }
  return names;
}

/** The report for the asker: exact for who may see people, for others by what was given out. */
export async function supportShown(
  services: Services,
  report: SupportReport,
  { seen, names }: { seen: Seen; names: Names },
) {
  const { profile, version, name } = report.profile;
  const { region, ...council } = report.council;
  const gaps = report.needs.filter(({ state }) => !seen.states || state !== 'met');
  const behind = (at: { council: string } | { region: string }, need: string, way: number) =>
    behindWay(report, at, { need, way, all: 'council' in at });
  const given = seen.people ? undefined : await givenOut(services, report);
  return {
    ...report,
    profile: { profile, version, name },
    council: { ...council, ...(region === null ? {} : { region }) },
    needs: gaps.map(({ state, ways, partners, ...need }) => ({
      ...need,
      ...(seen.states ? { state } : {}),
      ways: ways.map(({ enough, known, helpers, ...way }, n) => ({
        ...way,
        ...(seen.states ? { enough, known } : {}),
        ...(seen.people ? { href: behind({ council: report.council.council }, need.need, n) } : {}),
        helpers: helpers.map((one) => ({
          ...(given === undefined
            ? { ...one, href: behind({ region: one.region }, need.need, n) }
            : { region: one.region, near: one.near, ...given.about(way, one) }),
          persons: one.persons.flatMap(({ person, at }) => {
            const called = names.get(person);
            return called === undefined ? [] : [{ person, name: called, at }];
          }),
        })),
      })),
      partners: given === undefined ? partners : [],
    })),
  };
}

/**
 * What was given out of the regions nearby. It says how many have one skill at a level or above; where a need became
 * several skills it says nothing.
 */
async function givenOut(services: Services, { regions, needs }: SupportReport) {
  const frameworks = needs.flatMap(({ ways }) =>
    ways.flatMap(({ wants }) => wants.map(({ framework }) => framework)),
  );
  const cells = new Map<string, { least: number; most: number }>();
  for (const framework of new Set(frameworks)) {
    const by = ['skill', 'level', 'region'] as const;
    const filter = { state: ['current'], region: regions.map(({ region }) => region) };
    const table = await capabilityGiven(givenSource(services), { framework, by, filter }).catch(
      (error: unknown) => {
        // None was given out, several were, or none by region.
        if (error instanceof NoSuchTable) return undefined;
        throw error;
      },
    );
    for (const { key, least, most } of table?.cells ?? [])
      cells.set(key.join('/'), { least, most });
  }
  return {
    about({ wants }: Pick<WaySupported, 'wants'>, { region }: Pick<Helpers, 'region'>) {
      const [want, another] = wants;
      if (want === undefined || another !== undefined) return {};
      const found = want.levels.map((level) => cells.get(`${want.skill}/${level}/${region}`));
      if (found.every((one) => one === undefined)) return {};
      const sum = (of: 'least' | 'most') => found.reduce((all, one) => all + (one?.[of] ?? 0), 0);
      return { about: { least: sum('least'), most: sum('most') } };
    },
  };
}
