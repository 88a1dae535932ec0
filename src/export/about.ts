import type { AsOf } from '../projections/member-facts.ts';
import type { EventStore } from '../store/event-store.ts';

/** A table with its heading: a file in CSV, a sheet in a spreadsheet. */
export interface Sheet {
  name: string;
  rows: readonly (readonly (string | number)[])[];
}

/** By what a report was made safe to give out. */
export interface Disclosed {
  standing: 'final' | 'provisional';
  disclosure: {
    /** The stream of releases, and the table of it. */
    release: string;
    table: string;
    /** The fact that published the disclosure profile by which it was made. */
    published: string;
    profile: { version: number; name: string };
  };
}

/** What a report is, so that whoever finds the files years later knows what they say and how to get them again. */
export interface About {
  report: string;
  ledger: { id: string; name: string };
  /** When the files were made, UTC. */
  madeAt: string;
  /** The civil day for which it is true. */
  on: string;
  /** Facts with a lower index were looked at. */
  asOfIndex: number;
  /** When the last of them was recorded, UTC. */
  recordedUntil: string | null;
  /** `final`: the same question always gets this answer. `provisional`: facts recorded since may change it. */
  standing: 'final' | 'provisional';
  /** How to ask it again, options as typed. */
  question: Readonly<Record<string, unknown>>;
  /** By which versions: of frameworks, a profile, a scheme. */
  by: Readonly<Record<string, unknown>>;
  /** Whether it may be given out. */
  forPublication: boolean;
  /** By which profile of disclosure it passed; none: figures as counted. */
  disclosure: Disclosed['disclosure'] | 'none: figures as counted, not to be given out';
}

/** A report with what is to be said of it. */
export interface Told extends Partial<Disclosed> {
  name: string;
  on: string;
  asOf: number;
  /** As asked: an index, a time, or nothing. */
  asked?: AsOf | undefined;
  question: object;
  by: About['by'];
  report: unknown;
  /** The figures come first. */
  sheets: readonly Sheet[];
}

/** How long after a time something may still be recorded before it: clocks of processes differ by seconds (contract, 2). */
const SAFELY_PAST_MS = 3_600_000;

interface Asked {
  ledgerId: string;
  name: string;
  store: EventStore;
  now(): string;
}

/** What is to be said of a report, now. */
export async function aboutOf(ledger: Asked, told: Told): Promise<About> {
  const { name, on, asOf, asked, by, standing, disclosure } = told;
  const last = asOf === 0 ? undefined : await ledger.store.readIndex(asOf - 1);
  const metadata = last && (JSON.parse(last.metadata) as { recordedAt: string });
  const madeAt = ledger.now();
  return {
    report: name,
    ledger: { id: ledger.ledgerId, name: ledger.name },
    madeAt,
    on,
    asOfIndex: asOf,
    recordedUntil: metadata?.recordedAt ?? null,
    standing: standing ?? (isFinal(asked, asOf, madeAt) ? 'final' : 'provisional'),
    question: { ...told.question },
    by,
    forPublication: disclosure !== undefined,
    disclosure: disclosure ?? 'none: figures as counted, not to be given out',
  };
}

/** An answer as of an index never changes, nor does one as of a time that is safely past. */
function isFinal(asked: AsOf | undefined, asOf: number, now: string): boolean {
  if (asked === undefined) return false;
  if ('index' in asked) return asked.index === asOf;
  return Date.parse(now) - Date.parse(asked.time) > SAFELY_PAST_MS;
}
