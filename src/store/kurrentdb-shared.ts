interface Under {
  way: Promise<unknown>;
  next: Promise<unknown> | undefined;
}

/** Lets those who ask for the same at about the same moment be answered by one reading. */
export interface SharedReads {
  /** Begins after it was asked for: who asks while a reading is under way waits for the next, with all who do. */
  read<T>(what: string, read: () => Promise<T>): Promise<T>;
}

/** A hundred commands at once look at one scheme each: read for each of them, that is most of what they cost. */
export function sharedReads(): SharedReads {
  const under = new Map<string, Under>();

  const begin = <T>(what: string, read: () => Promise<T>): Promise<T> => {
    const way = read();
    const mine: Under = { way, next: undefined };
    under.set(what, mine);
    const end = (): void => {
      if (under.get(what) === mine) under.delete(what);
    };
    way.then(end, end);
    return way;
  };
  return {
    read<T>(what: string, read: () => Promise<T>): Promise<T> {
      const running = under.get(what);
      if (running === undefined) return begin(what, read);
      const again = (): Promise<T> => begin(what, read);
      running.next ??= running.way.then(again, again);
      return running.next as Promise<T>;
    },
  };
}
