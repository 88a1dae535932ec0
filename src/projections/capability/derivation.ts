import type { Database } from '../../store/driver.ts';
import type { StandingSource } from '../standing-walk.ts';
import type { Asked } from './asked.ts';
import { dayText } from './days.ts';
import type { Holding } from './holdings.ts';
import type { Human } from './humans.ts';
import type { Moment } from './moments.ts';
import { HISTORY_OF } from './queries.ts';

/** Why a credit counts, or does not. */
export const verdicts = [
  'counts',
  'counts-as-stale',
  'lower',
  'stale',
  'not-yet',
  'over',
  'taken-back',
  'other-source',
] as const;
export type Verdict = (typeof verdicts)[number];

export interface FactNamed {
  index: number;
  id: string;
  type: string;
}

/** One credit of a skill as it was known at an index: what it says, by which fact, and what came of it. */
export interface CreditTold {
  verdict: Verdict;
  /** As it was credited; what it is in the version of the report stands beside the skill. */
  framework: string;
  version: number;
  level: string;
  source: string;
  observedOn: string;
  until?: string;
  validUntil?: string;
  fact: FactNamed;
  /** The fact that ended it or took it back. */
  by?: FactNamed;
}

interface HistoryRow {
  credit: number;
  place: number;
  recorded_from: number;
  recorded_until: number | null;
  effective_from: number;
  effective_until: number | null;
  valid_until: number | null;
  term: number;
  source: string;
  fact: number;
}

/** Every credit of a human by the skill, by its place, that it is in the version of the report. */
export async function creditsTold(
  source: StandingSource,
  asked: Asked,
  { human, moment, holdings }: { human: Human; moment: Moment; holdings: readonly Holding[] },
): Promise<Map<number, CreditTold[]>> {
  const database = await source.rows();
  const told = new Map<number, CreditTold[]>();
  for (const row of human.numbers.flatMap((number) => lastKnown(database, asked.end, number))) {
    const meaning = asked.terms.meaning(row.term);
    if (meaning === undefined) continue;
    const gone = row.recorded_until !== null && row.recorded_until < asked.end;
    const changed = gone ? row.recorded_until : row.recorded_from;
    for (const { skill, rank } of asked.terms.targetsOf(row.term) ?? []) {
      const holding = holdings.find((one) => one.skill === skill);
      const { framework, version, level } = meaning;
      const credit: CreditTold = {
        verdict: gone ? 'taken-back' : verdictOn(row, rank, holding, { asked, moment, skill }),
        framework,
        version,
        level,
        source: row.source,
        observedOn: dayText(row.effective_from),
        ...(row.effective_until === null ? {} : { until: dayText(row.effective_until) }),
        ...(row.valid_until === null ? {} : { validUntil: dayText(row.valid_until) }),
        fact: await named(source, row.fact),
        ...(changed === null || changed === row.fact ? {} : { by: await named(source, changed) }),
      };
      told.set(skill, [...(told.get(skill) ?? []), credit]);
    }
  }
  return told;
}

/** Of each credit and first day what was known last. */
function lastKnown(database: Database, end: number, member: number): HistoryRow[] {
  const rows = database.prepare(HISTORY_OF).all(end, member) as HistoryRow[];
  const last = new Map<string, HistoryRow>();
  for (const row of rows) last.set(`${row.credit}/${row.place}/${row.effective_from}`, row);
  return [...last.values()];
}

function verdictOn(
  row: HistoryRow,
  rank: number,
  holding: Holding | undefined,
  { asked, moment, skill }: { asked: Asked; moment: Moment; skill: number },
): Verdict {
  const { day, staleBy } = moment;
  if (row.effective_from > day) return 'not-yet';
  if (row.effective_until !== null && row.effective_until <= day) return 'over';
  const { sources } = asked.walking;
  if (sources !== undefined && !sources.includes(row.source)) return 'other-source';
  const stale = staleBy[asked.terms.skills[skill]?.framework ?? 0] ?? 0;
  const expired = row.valid_until !== null && row.valid_until <= day;
  const current = row.effective_from > stale && !expired;
  if (holding === undefined || (holding.current && !current)) return 'stale';
  if (rank < holding.rank) return 'lower';
  return current ? 'counts' : 'counts-as-stale';
}

async function named({ store }: StandingSource, index: number): Promise<FactNamed> {
  const fact = await store.readIndex(index);
  return { index, id: fact?.id ?? '', type: fact?.type ?? '' };
}
