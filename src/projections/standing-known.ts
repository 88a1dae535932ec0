import { awardedBy } from '../scheme/awarded.ts';
import { isAwardFact, isTimelineFact, type StatementFact } from '../scheme/facts.ts';
import {
  type Award,
  type LineDone,
  type LineWork,
  type Recorded,
  repeatsOf,
} from '../scheme/recorded.ts';
import { timelineOf } from '../scheme/timeline.ts';
import {
  ELSEWHERE,
  type Now,
  type NowApproval,
  type NowLine,
  REFLECTED,
  UNDER_REVIEW,
  UPHELD,
} from './standing-now.ts';

/** What a member's facts come to in a scheme, from what is kept of each claim and their facts besides. */
export function recordedIn(
  claims: readonly Now[],
  facts: readonly StatementFact[],
  scheme: string,
): Recorded {
  const repeats = repeatsOf(worksIn(claims));
  const awards: Award[] = [];
  for (const now of claims) {
    for (const approval of now[3]) {
      if (approval[0] === scheme) read(now, approval, repeats, awards);
    }
  }
  const entries = awardedBy(facts.filter(isAwardFact)).entries;
  return { timeline: timelineOf(facts.filter(isTimelineFact)), awards, entries };
}

function worksIn(claims: readonly Now[]): LineWork[] {
  return claims
    .filter(([, , , , works]) => works !== undefined)
    .sort(([a], [b]) => a - b)
    .flatMap(([claimed, , , , works = []]) =>
      works.map(([place, workRef]) => ({ lineId: idOf(claimed, place), workRef, approved: true })),
    );
}

/** Tells a line from the others of its member; no id of anything else is like it. */
function idOf(claimed: number, place: number): string {
  return `${claimed} ${place}`;
}

const NONE: readonly string[] = [];
const NOTHING = {};

function read(
  [claimed, handedInOn, evidence]: Now,
  approval: NowApproval,
  repeats: ReadonlySet<string>,
  awards: Award[],
): void {
  const handedIn = { recordedAt: '', submittedOn: handedInOn };
  const rulebook = { version: approval[1], eventId: '' };
  const decidedOn = approval[2];
  for (let n = 3; n < approval.length; n++) {
    const kept = approval[n] as NowLine;
    const last = kept[4];
    const flags = kept[6];
    const more = kept[7];
    const lineId = idOf(claimed, kept[0]);
    const line: LineDone = {
      lineId,
      kind: kept[1],
      topics: more === 0 ? NONE : more[0],
      attributes: more === 0 ? NOTHING : more[1],
      from: kept[5] === 0 ? last : kept[5],
      last,
      accepted: { amount: kept[2], unit: kept[3] },
      claimed,
      handedIn,
      decidedOn,
      underReview: (flags & UNDER_REVIEW) !== 0,
      upheld: (flags & UPHELD) !== 0,
      evidence,
      reflected: (flags & REFLECTED) !== 0,
      again: repeats.size > 0 && repeats.has(lineId),
    };
    for (let at = 8; at < kept.length; at += 2) {
      awards.push({
        line,
        approval: '',
        rulebook,
        category: kept[at] as string,
        points: kept[at + 1] as number,
        elsewhere: (flags & ELSEWHERE) !== 0,
      });
    }
  }
}
