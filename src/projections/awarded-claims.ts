import type { Awarded } from '../scheme/awarded.ts';
import { nothingAwarded } from '../scheme/awarded.ts';
import type { Database } from '../store/driver.ts';

/** What each claim awards, folded: rows of `balance_claims`, those of a batch in memory. */
export interface AwardedClaims {
  /** What the claim awards so far; nothing where it is not known yet. To be changed and given to `set`. */
  get(claimId: string): Awarded;
  set(claimId: string, awarded: Awarded): void;
  flush(): void;
}

/** Claims kept in memory between batches, by the age of their last use: about 1 KB each. */
const KEPT = 20_000;

export function openAwardedClaims(database: Database): AwardedClaims {
  const read = database.prepare('SELECT awarded FROM balance_claims WHERE claim = ?');
  const write = database.prepare('INSERT OR REPLACE INTO balance_claims VALUES (?, ?)');
  const kept = new Map<string, Awarded>();
  const changed = new Set<string>();
  return {
    get(claimId) {
      const known = kept.get(claimId);
      if (known !== undefined) return known;
      const row = read.get(claimId) as { awarded: string } | undefined;
      return row === undefined ? nothingAwarded() : fromText(claimId, row.awarded);
    },
    set(claimId, awarded) {
      kept.delete(claimId);
      kept.set(claimId, awarded);
      changed.add(claimId);
    },
    flush() {
      // In the order of the table, so that neighbours are written together.
      for (const claimId of [...changed].sort()) {
        write.run(claimId, toText(claimId, kept.get(claimId)));
      }
      changed.clear();
      for (const claimId of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(claimId);
      }
    },
  };
}

/** Days by line, then award lines; the claim's id stands in the row's key. */
function toText(claimId: string, awarded: Awarded | undefined): string {
  const untils = [...(awarded?.claims.get(claimId) ?? [])];
  const lines = (awarded?.lines ?? []).map(({ claimId: _known, ...line }) => line);
  return JSON.stringify([untils, lines]);
}

function fromText(claimId: string, text: string): Awarded {
  const [untils, lines] = JSON.parse(text) as [
    [string, string][],
    Omit<Awarded['lines'][number], 'claimId'>[],
  ];
  return {
    lines: lines.map((line) => ({ claimId, ...line })),
    entries: [],
    claims: new Map([[claimId, new Map(untils)]]),
  };
}
