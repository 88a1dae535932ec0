/** What a call to the double may meet. */
export type Fault =
  /** The connection is cut before anything is done, or after it was done and before it is answered. */
  | 'cut-before'
  | 'cut-after'
  /** As of a node that starts or ends. */
  | 'not-ready'
  /** As of a leader that was frozen or lost its followers: an answer that says nothing. */
  | 'timeout-stored'
  | 'timeout-lost'
  /** A read that wants the leader and meets another. */
  | 'not-leader'
  | 'slow'
  /** Done, and never answered; a subscription stays open and says nothing more. */
  | 'silent'
  /** A read of which half comes before the connection is cut. */
  | 'half'
  /** A stream as a follower has it, without its last event. */
  | 'lag'
  /** An end without an error. */
  | 'end';

export type Call = 'append' | 'readStream' | 'readAll' | 'subscribe';

/** Which faults the next calls meet. */
export interface Faults {
  /** The next calls of this kind meet these, in order. */
  next(call: Call, ...faults: Fault[]): void;
  /** Asked where nothing is planned; for faults by chance. */
  byChance: (call: Call) => Fault | undefined;
  take(call: Call): Fault | undefined;
  /** How many calls were made of each kind. */
  calls: Record<Call, number>;
}

export function createFaults(): Faults {
  const planned: Record<Call, Fault[]> = { append: [], readStream: [], readAll: [], subscribe: [] };
  const faults: Faults = {
    calls: { append: 0, readStream: 0, readAll: 0, subscribe: 0 },
    next: (call, ...more) => planned[call].push(...more),
    byChance: () => undefined,
    take(call) {
      faults.calls[call] += 1;
      return planned[call].shift() ?? faults.byChance(call);
    },
  };
  return faults;
}
