/** The known word that is at most a third of its letters away. */
export function closest(typed: string, known: readonly string[]): string | undefined {
  const distances = known.map((word) => ({ word, away: distance(typed, word) }));
  distances.sort((a, b) => a.away - b.away);
  const [best] = distances;
  return best !== undefined && best.away * 3 <= best.word.length ? best.word : undefined;
}

/** How many letters must be changed, added or left out (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
