import { ImportError } from './problem.ts';

/** What an import may take from a column. */
export interface Field {
  name: string;
  /** What it means, for the list of fields. */
  says: string;
  /** Headings by which it is guessed, without case, spaces and punctuation; its own name is one. */
  guesses?: readonly string[];
  /** No row can do without it. */
  needed?: true;
  /** Made of digits as a rule: leading zeros may have been lost. */
  digits?: true;
}

/** Which column a field is read from. */
export interface Mapped {
  field: string;
  column: string;
  /** The cell, from 0. */
  cell: number;
  guessed: boolean;
}

export type Mapping = readonly Mapped[];

/**
 * Maps fields to columns: as given, else guessed by the heading. Each of `given` is `field=Column`, several in one
 * apart by commas; `field=` keeps a field from being guessed.
 *
 * @throws ImportError on a field or a column that is not there
 */
export function mapColumns(
  fields: readonly Field[],
  header: readonly string[],
  given: readonly string[],
): Mapping {
  const said = new Map(given.flatMap(assignments).map((text) => assigned(text, fields, header)));
  const taken = new Set([...said.values()].map((mapped) => mapped?.cell));
  return fields.flatMap((field): Mapped[] => {
    if (said.has(field.name))
      return [said.get(field.name)].filter((mapped) => mapped !== undefined);
    const cell = guessedCell(field, header, taken);
    if (cell === undefined) return [];
    taken.add(cell);
    return [{ field: field.name, column: header[cell] as string, cell, guessed: true }];
  });
}

/** @throws ImportError where a field that every row needs has neither column nor value */
export function mustHave(
  fields: readonly Field[],
  mapping: Mapping,
  set: ReadonlyMap<string, string>,
  header: readonly string[],
): void {
  const missing = fields
    .filter(({ name, needed }) => needed && !set.has(name))
    .map(({ name }) => name)
    .filter((name) => !mapping.some(({ field }) => field === name));
  if (missing.length === 0) return;
  throw new ImportError(
    `no column for ${missing.join(', ')}: name one with --map ${missing[0]}=<column>, or a value for all rows with --set ${missing[0]}=<value>; columns are ${header.join(', ')}`,
  );
}

/** `a=X,b=Y, Z` is two: a comma parts them only before a field and its sign. */
function assignments(text: string): string[] {
  return text.split(/,(?=[a-z-]+=)/);
}

function assigned(
  text: string,
  fields: readonly Field[],
  header: readonly string[],
): [string, Mapped | undefined] {
  const [, field = text, column = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!fields.some(({ name }) => name === field)) {
    const names = fields.map(({ name }) => name).join(', ');
    throw new ImportError(`--map names the field "${field}"; fields are ${names}`);
  }
  if (column === '') return [field, undefined];
  const cell = header.indexOf(column);
  if (cell < 0) {
    throw new ImportError(
      `--map ${field}: no column is headed "${column}"; columns are ${header.join(', ')}`,
    );
  }
  if (header.indexOf(column, cell + 1) >= 0) {
    throw new ImportError(`--map ${field}: more than one column is headed "${column}"`);
  }
  return [field, { field, column, cell, guessed: false }];
}

function guessedCell(
  { name, guesses = [] }: Field,
  header: readonly string[],
  taken: ReadonlySet<number | undefined>,
): number | undefined {
  for (const guess of [name, ...guesses].map(squashed)) {
    const cell = header.findIndex((column, at) => squashed(column) === guess && !taken.has(at));
    if (cell >= 0) return cell;
  }
  return undefined;
}

function squashed(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
