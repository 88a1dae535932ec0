import type { CommandDefinition } from '../commands/define.ts';
import type { States } from '../commands/states.ts';
import { type CivilDate, isCivilDate } from '../scheme/civil-date.ts';
import type { Mapping } from './columns.ts';
import type { Bad } from './problem.ts';
import type { CsvRecord } from './records.ts';

/** A record seen by its fields. What does not fit is noted in `bad`, and reads as absent. */
export type Row = ReturnType<typeof readRow>;

/** How cells are read beside their mapping. */
export interface CellReading {
  mapping: Mapping;
  /** Values of fields where a row has none. */
  set: ReadonlyMap<string, string>;
  /** Widths to which the digits of a field are filled with zeros. */
  digits: ReadonlyMap<string, number>;
}

/** With a comma, too, as spreadsheets write it in many countries: of thousands, three digits would follow. */
const AMOUNT = /^\d{1,9}([.,]\d{1,2})?$/;
const CODE_EXPECTED = 'letters or digits are expected, of which a code can be made';
const MANGLED = /^\d(\.\d+)?E\+\d+$/i;

/** Reads the fields of a record. */
export function readRow({ line, cells }: CsvRecord, { mapping, set, digits }: CellReading) {
  const bad: Bad[] = [];

  const cellOf = (field: string): string | undefined => {
    const mapped = mapping.find((candidate) => candidate.field === field);
    const text = mapped === undefined ? '' : tidied(cells[mapped.cell] ?? '');
    return text === '' ? set.get(field) : text;
  };

  function complain(field: string | undefined, expected: string): void {
    const mapped = mapping.find((candidate) => candidate.field === field);
    const where: Pick<Bad, 'column' | 'value'> =
      mapped === undefined ? {} : { column: mapped.column, value: cellOf(mapped.field) ?? '' };
    const says = mapped === undefined && field !== undefined ? `${field}: ${expected}` : expected;
    const told = bad.some((before) => before.column === where.column && before.expected === says);
    if (!told) bad.push({ line, ...where, expected: says });
  }

  function text(field: string): string | undefined {
    const value = cellOf(field);
    const width = digits.get(field);
    if (value !== undefined && width !== undefined && /^\d+$/.test(value)) {
      return value.padStart(width, '0');
    }
    return value;
  }

  function fitting<T>(field: string, read: (value: string) => T | undefined, expected: string) {
    const value = text(field);
    if (value === undefined) return undefined;
    const fit = read(value);
    if (fit === undefined) complain(field, expected);
    return fit;
  }

  /** Text that must be there. */
  function needed(field: string, expected: string): string {
    const value = text(field);
    if (value === undefined) complain(field, expected);
    return value ?? '';
  }

  return {
    line,
    bad,
    complain,
    text,
    needed,
    /** A number or code as printed, which no spreadsheet has made a quantity of. */
    printed: (field: string) =>
      fitting(
        field,
        (value) => (MANGLED.test(value) ? undefined : value),
        'digits are expected; a spreadsheet has rounded them, so format the column as text',
      ),
    day: (field: string) =>
      fitting(field, dayOf, 'a day of the calendar is expected, as 31/01/2026 or 2026-01-31'),
    /** Hundredths of what the cell says. */
    hundredths: (field: string) =>
      fitting(
        field,
        (value) =>
          AMOUNT.test(value) ? Math.round(Number(value.replace(',', '.')) * 100) : undefined,
        'a number with at most two decimals is expected, as 7 or 1.5',
      ),
    code: (field: string) => fitting(field, codeOf, CODE_EXPECTED),
    /** A code that must be there. */
    neededCode(field: string, expected: string): string {
      needed(field, expected);
      return fitting(field, codeOf, CODE_EXPECTED) ?? '';
    },
  };
}

/**
 * A command's body by its own schema, or undefined with what does not fit noted at its field.
 *
 * @param fieldOf the field that holds what the schema calls by the last part of a path
 */
export function fitted<Body>(
  row: Row,
  schema: CommandDefinition<string, keyof States, Body>['body'],
  raw: object,
  fieldOf: (part: string) => string | undefined,
): Body | undefined {
  if (row.bad.length > 0) return undefined;
  // Absent is absent, never undefined: the body is what the command's digest is over.
  const result = schema.safeParse(JSON.parse(JSON.stringify(raw)));
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    const part = path.findLast((step) => typeof step === 'string');
    row.complain(fieldOf(String(part ?? '')), message);
  }
  return undefined;
}

/** A day as ISO writes it or day first, with a midnight after it where a spreadsheet adds one. */
export function dayOf(value: string): CivilDate | undefined {
  const text = value.replace(/[ T]00:00(:00(\.0+)?)?Z?$/, '');
  const first = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const iso =
    first === null
      ? text
      : `${first[3]}-${first[2]?.padStart(2, '0')}-${first[1]?.padStart(2, '0')}`;
  return isCivilDate(iso) && iso >= '1000' ? iso : undefined;
}

/** A code as facts hold it: `Metropolitan district` is `metropolitan-district`. */
export function codeOf(value: string): string | undefined {
  const code = value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(code) ? code : undefined;
}

/** Without the white space and the `="..."` that spreadsheets put around a value. */
function tidied(cell: string): string {
  const text = cell.trim();
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text;
}
