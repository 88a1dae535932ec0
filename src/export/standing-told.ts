import { limits } from '../limits.ts';
import { standingColumns, standingRow } from '../projections/standing-csv.ts';
import type { Standing } from '../projections/standing-member.ts';
import type { StandingQuery } from '../projections/standing-report.ts';
import type { Views } from '../projections/views.ts';
import { pointsText } from '../scheme/points-text.ts';
import type { Told } from './about.ts';

/** A report of standing as files: a row for each member, and sums by grade as its base. `onPage` hears how many came. */
export async function standingTold(
  views: Views,
  query: StandingQuery,
  question: object,
  onPage: (members: number, more: boolean) => void = () => undefined,
): Promise<Told> {
  const report: Standing[] = [];
  let asOf: number;
  for (let cursor: string | undefined; ; ) {
    const page = await views.standing(query, { limit: limits.pageMost, cursor });
    report.push(...page.items);
    cursor = page.next;
    asOf = page.asOf;
    onPage(report.length, cursor !== undefined);
    if (cursor === undefined) break;
  }
  const { all, sums } = await views.standingSums({ ...query, asOf: { index: asOf } }, ['grade']);
  const base = [{ ...all, grade: 'all' }, ...sums].map(({ grade = '', members, ...points }) => {
    return [grade, members, ...[points.awarded, points.counted, points.needed].map(pointsText)];
  });
  return {
    name: 'standing',
    on: query.on,
    asOf,
    asked: query.asOf,
    question,
    by: { scheme: query.scheme, rulebooks: [...new Set(report.map(({ rulebook }) => rulebook))] },
    report,
    sheets: [
      { name: 'standing', rows: [standingColumns, ...report.map(standingRow)] },
      {
        name: 'standing-base',
        rows: [['grade', 'members', 'awarded', 'counted', 'needed'], ...base],
      },
    ],
  };
}
