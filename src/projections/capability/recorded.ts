/** Something that a fact said: from the index at which it was recorded until it was taken back, if it was. */
export interface Said {
  at: number;
  /** The index of the fact that took it back. */
  gone?: number;
}

/** A row with the indexes between which the ledger held it to be so: after `from`, up to `until` itself. */
export interface Recorded<Row> {
  row: Row;
  recordedFrom: number;
  recordedUntil: number | null;
}

/** What had been said, and not taken back, when facts with a lower index were known. */
export function knownBelow<S extends Said>(said: readonly S[], end: number): S[] {
  return said.filter(({ at, gone }) => at < end && (gone === undefined || gone >= end));
}

/**
 * Every row that there ever was: at each index at which something was said or taken back, the rows of all that is
 * known then. A row that stays the same goes on; rows are the same when their JSON is.
 */
export function recorded<S extends Said, Row>(
  said: readonly S[],
  rowsOf: (known: S[]) => Row[],
): Recorded<Row>[] {
  const moments = new Set<number>();
  for (const { at, gone } of said) {
    moments.add(at);
    if (gone !== undefined) moments.add(gone);
  }
  const open = new Map<string, Recorded<Row>>();
  const all: Recorded<Row>[] = [];
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const rows = new Map(
      rowsOf(knownBelow(said, moment + 1)).map((row) => [JSON.stringify(row), row]),
    );
    for (const [key, before] of open) {
      if (rows.has(key)) continue;
      before.recordedUntil = moment;
      open.delete(key);
    }
    for (const [key, row] of rows) {
      if (open.has(key)) continue;
      const now = { row, recordedFrom: moment, recordedUntil: null };
      open.set(key, now);
      all.push(now);
    }
  }
  return all;
}
