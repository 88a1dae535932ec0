/** How a body stands to a need, or to a profile. */
export const coverageStates = ['met', 'partly', 'not-met', 'not-known'] as const;
export type CoverageState = (typeof coverageStates)[number];

/** Of one way to meet a need: how many people are enough for it, and how many were looked at lately. */
export interface WayCount {
  wanted: number;
  enough: number;
  known: number;
}

/**
 * A need is met by any way that has enough people, and met in part where some are there. Silence is no lack: where
 * nobody was observed lately, at whatever level, it is not known.
 */
export function needState(ways: readonly WayCount[]): CoverageState {
  if (ways.some(({ wanted, enough }) => enough >= wanted)) return 'met';
  if (ways.some(({ enough }) => enough > 0)) return 'partly';
  return ways.some(({ known }) => known > 0) ? 'not-met' : 'not-known';
}

/**
 * All needs are needed. A body lacks something where one of them is known not to be met, in full or in part; where none
 * is, but one is not known, neither is the whole.
 */
export function profileState(needs: readonly CoverageState[]): CoverageState {
  const lacks = needs.some((state) => state === 'not-met' || state === 'partly');
  if (lacks)
    return needs.some((state) => state === 'met' || state === 'partly') ? 'partly' : 'not-met';
  return needs.includes('not-known') ? 'not-known' : 'met';
}

/** Bodies by how they stand, and the share of those that lack something among those of which it is known. */
export interface CoverageShare {
  councils: number;
  met: number;
  partly: number;
  notMet: number;
  notKnown: number;
  known: number;
  lacking: number;
  /** `lacking` over `known`; absent where nothing is known. */
  share?: number;
}

export function shareOf(states: readonly CoverageState[]): CoverageShare {
  const count = (wanted: CoverageState) => states.filter((state) => state === wanted).length;
  const [met, partly, notMet, notKnown] = coverageStates.map(count) as [
    number,
    number,
    number,
    number,
  ];
  const known = met + partly + notMet;
  const lacking = partly + notMet;
  return {
    councils: states.length,
    met,
    partly,
    notMet,
    notKnown,
    known,
    lacking,
    ...(known === 0 ? {} : { share: lacking / known }),
  };
}
