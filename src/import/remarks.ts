import { meantWords, type SchemeNames, schemeNames } from '../commands/scheme-names.ts';
import type { Making } from './kind.ts';
import { codeOf, type Row } from './row.ts';

/** Rows that would be taken as they are, and of which something else was meant, perhaps: said once for all alike. */
interface Alike {
  scheme: string;
  /** A code of the row. */
  name: string;
  rows: Row[];
}

/** Grades of which no rulebook asks anything: a letter that is wrong frees a member. */
export async function remarkGrades(making: Making): Promise<void> {
  const rows = making.rows.map((row) => ({ row, scheme: row.text('scheme') ?? '' }));
  for (const { scheme, name, rows: some } of alike(rows, 'grade')) {
    const { grades } = await namesIn(making, scheme);
    if (grades.length === 0 || grades.includes(name)) continue;
    const says = `grade ${name}${meantWords(name, grades)}: the rulebook asks nothing of it, so of ${some.length} of ${making.rows.length} rows nothing is asked; it asks of ${grades.join(', ')}`;
    making.notice({ line: some[0]?.line ?? 1, says });
  }
}

/** Categories of balances that no rulebook has: their points count, and no rule about categories knows them. */
export async function remarkCategories(
  making: Making,
  balances: readonly { row: Row; scheme: string }[],
): Promise<void> {
  for (const { scheme, name, rows } of alike(balances, 'points-category')) {
    const { categories } = await namesIn(making, scheme);
    if (categories.length === 0 || categories.includes(name)) continue;
    const says = `points-category ${name}${meantWords(name, categories)}: the rulebook has no such category, in ${rows.length} rows; categories are ${categories.join(', ')}`;
    making.notice({ line: rows[0]?.line ?? 1, says });
  }
}

/** Claims decided elsewhere that are to count nothing until evidence is attached to them. */
export async function remarkEvidence(
  making: Making,
  decided: readonly { row: Row; scheme: string }[],
): Promise<void> {
  for (const { scheme, name, rows } of alike(decided, 'kind')) {
    const { evidenced } = await namesIn(making, scheme);
    if (!evidenced.includes(name)) continue;
    const says = `kind ${name} needs evidence, and ${rows.length} rows bring none: they are approved, and count nothing until evidence is attached to each`;
    making.notice({ line: rows[0]?.line ?? 1, says });
  }
}

const ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

async function namesIn({ importer }: Making, scheme: string): Promise<SchemeNames> {
  if (ID.test(scheme)) return schemeNames(importer.ledger, scheme);
  return { grades: [], categories: [], evidenced: [] };
}

function alike(rows: readonly { row: Row; scheme: string }[], field: string): Alike[] {
  const found = new Map<string, Alike>();
  for (const { row, scheme } of rows) {
    const name = codeOf(row.text(field) ?? '');
    if (name === undefined) continue;
    const key = `${scheme}/${name}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { scheme, name, rows: [row] });
    else before.rows.push(row);
  }
  return [...found.values()];
}
