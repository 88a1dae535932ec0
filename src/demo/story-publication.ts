import { madeCoverageRelease } from '../commands/make-coverage-release.ts';
import { madeRelease } from '../commands/make-release.ts';
import { publishDisclosureProfile, publishNeighbours } from '../commands/release.ts';
import { releaseTable } from '../commands/release-table.ts';
import { coverageLook } from '../projections/capability/coverage-look.ts';
import { coverageStates } from '../projections/capability/coverage-states.ts';
import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import { as, type Who } from './act.ts';
import { workday } from './clock.ts';
import { neighbours } from './neighbours.ts';
import type { Stage } from './stage.ts';

/** Plans what is published beyond the society: how small a figure may be, who is near, and tables in sight of the last. */
export function tellOfPublication(stage: Stage): void {
  const { act } = stage;
  const figures = { minimumMembers: 5, minimumCell: 5, roundingBase: 5, smallBase: 20 };
  const body = { version: 1, name: 'Tables for everybody', ...figures };
  let release = '';
  const office = (days: number, run: (who: Who, day: CivilDate) => Promise<unknown>): void => {
    const day = workday(addDays(stage.from, days));
    const who = () => as('admin', stage.staff.admin);
    stage.plan.add(day, 'office', 'publication', () => run(who(), day));
  };
  office(150, async (who) => {
    release = (await act.begin(publishDisclosureProfile, { who, body })).subject;
    await act.begin(publishNeighbours, { who, body: { regions: neighbours(['london']) } });
  });
  office(420, (who) =>
    act.run(publishDisclosureProfile, {
      subject: release,
      who,
      body: { ...body, version: 2, minimumMembers: 6 },
    }),
  );
  // The capital had been left out.
  office(430, (who) => act.begin(publishNeighbours, { who, body: { regions: neighbours([]) } }));
  for (const days of [820, 1080]) {
    office(days, async (who, day) => {
      for (const made of await tables(stage, release, day)) {
        await act.run(releaseTable, { subject: release, who, body: made });
      }
    });
  }
}

/** Tables of the first framework and the first profile, as was known when the day began. */
async function tables({ ledger }: Stage, release: string, on: CivilDate) {
  const views = await ledger.views();
  const load: Parameters<typeof madeRelease>[0] = async (category, id) =>
    (await ledger.streams.load(category, id)).state;
  const [framework] = (await views.registered({ register: 'framework' }, { limit: 1 })).items;
  const [profile] = (await views.registered({ register: 'profile' }, { limit: 1 })).items;
  if (framework === undefined || profile === undefined) throw new Error('nothing can be counted');
  const streams = { release, others: [release] };
  const asOf = { time: `${on}T00:00:00.000Z` };
  const asked = { on, asOf, standing: 'final' as const };
  const look: Parameters<typeof madeCoverageRelease>[4] = async (at, by) => {
    const found = await coverageLook(views, profile.id, at, by);
    if (found === undefined) throw new Error('the profile went');
    return found;
  };
  return [
    await madeRelease(load, streams, { ...asked, framework: framework.id }, views.published),
    await madeCoverageRelease(
      load,
      streams,
      { ...asked, profile: profile.id },
      coverageStates,
      look,
    ),
  ];
}
