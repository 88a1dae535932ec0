import { type CivilDate, within } from './civil-date.ts';
import { handedInOn, lose, type Part } from './parts.ts';
import type { Rulebook } from './rulebook.ts';
import type { Timeline } from './timeline.ts';

/** Why nothing of an entry counts, before any rule of counting is asked. */
export const bars = [
  'under-review',
  'awaiting-review',
  'before-joining',
  'while-away',
  'on-relief',
  'recorded-late',
  'evidence-missing',
  'reflection-missing',
  'counted-elsewhere',
] as const;
export type Bar = (typeof bars)[number];

export interface Barring {
  book: Rulebook;
  timeline: Timeline;
  joined: CivilDate;
  /** The last day on which it may be handed in. */
  recordBy: CivilDate | undefined;
  zone: string;
}

/** Takes all of a part away where a bar stands against it, in place. */
export function bar(part: Part, barring: Barring): void {
  const reason = barOf(part, barring);
  if (reason === undefined) return;
  part.barred = reason;
  lose(part, reason, part.points);
}

function barOf(part: Part, { book, timeline, joined, recordBy, zone }: Barring): Bar | undefined {
  const { line, rule, day } = part;
  if (line === undefined) return undefined;
  if (line.underReview && book.countsUnderReview === false) return 'under-review';
  if (rule?.accept === 'review' && !line.upheld) return 'awaiting-review';
  if (day < joined && book.countsBeforeJoining !== true) return 'before-joining';
  if (timeline.away.some((days) => within(day, days)) && book.countsWhileLapsed !== true) {
    return 'while-away';
  }
  if (idle(day, book, timeline)) return 'on-relief';
  if (recordBy !== undefined && handedInOn(line, zone) > recordBy) return 'recorded-late';
  if (rule?.evidence?.needed === true && line.evidence === 0) return 'evidence-missing';
  if (rule?.reflection === 'needed' && !line.reflected) return 'reflection-missing';
  if (part.elsewhere === true && book.sameWork === 'once') return 'counted-elsewhere';
  return undefined;
}

function idle(day: CivilDate, { reliefs = [] }: Rulebook, timeline: Timeline): boolean {
  const none = reliefs.filter(({ counts }) => counts === false).map((relief) => relief.class);
  return timeline.reliefs.some((time) => none.includes(time.class) && within(day, time));
}
