/** Rows as lines of a table: numbers to the right, all else to the left. */
export function tableLines(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [n, cell] of row.entries()) {
      widths[n] = Math.max(widths[n] ?? 0, String(cell).length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, n) => {
        const width = widths[n] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
