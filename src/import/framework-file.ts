import { publishFramework } from '../commands/framework.ts';
import type { Mapping } from './columns.ts';
import {
  type Draft,
  draftsOf,
  type LevelColumn,
  levelColumns,
  levelFields,
  skillFields,
  type Treated,
} from './framework-skills.ts';
import { isJson, jsonRecords } from './json-records.ts';
import { type Bad, ImportError, type Notice } from './problem.ts';
import type { Row } from './row.ts';
import { openQuote, type Records, recordsOf, tableOf } from './table.ts';

/** How a framework's file is read. */
export interface FileReading {
  bytes: Uint8Array;
  map: readonly string[];
  /** The columns of the levels, apart by commas; absent: guessed. */
  levels: string | undefined;
  /** Texts that stand for an empty cell. */
  blank: readonly string[];
}

/** A framework's file as skills. */
export interface SkillFile extends Pick<Records, 'encoding' | 'delimiter'> {
  mapping: Mapping;
  /** Columns of which nothing was taken. */
  unread: string[];
  columns: LevelColumn[];
  rows: readonly Row[];
  drafts: Draft[];
  renamed: Treated[];
  skipped: Treated[];
  notices: Notice[];
  /** What is wrong with the file beside its rows. */
  torn: Bad[];
}

/** Reads a file, CSV or JSON. @throws ImportError when no row can be read */
export function readSkills({ bytes, map, levels, blank }: FileReading): SkillFile {
  const none = { encoding: undefined, delimiter: undefined, open: undefined };
  const records = isJson(bytes) ? { ...none, records: jsonRecords(bytes) } : recordsOf(bytes);
  const reading = { map, set: [], digits: [] };
  const { header } = tableOf(skillFields, records, reading);
  const columns = levelColumns(header, levels);
  const table = tableOf([...skillFields, ...levelFields(columns)], records, reading);
  const { rows, mapping, notices, encoding, delimiter } = table;
  const taken = new Set(mapping.map(({ cell }) => cell));
  return {
    encoding,
    delimiter,
    mapping: mapping.map((mapped) =>
      levels !== undefined && mapped.field.startsWith('level ')
        ? { ...mapped, guessed: false }
        : mapped,
    ),
    unread: header.filter((_, cell) => !taken.has(cell)),
    columns,
    rows,
    ...draftsOf(rows, columns, new Set(blank)),
    notices: [...notices, ...variants(rows), ...placeholders(rows, columns, new Set(blank))],
    torn: openQuote(table),
  };
}

/** `Testing (business analysis)` is no other row’s affair: it has levels and people of its own. */
function variants(rows: readonly Row[]): Notice[] {
  const count = rows.filter((row) => /\(.+\)$/.test(row.text('name') ?? '')).length;
  if (count === 0) return [];
  return [
    {
      says: `names that end in brackets, as a variant for a role: ${count}; each is a skill of its own`,
    },
  ];
}

/** A short text that stands in many cells of levels says mostly that there is none. */
function placeholders(
  rows: readonly Row[],
  columns: readonly LevelColumn[],
  blank: ReadonlySet<string>,
): Notice[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const { field } of columns) {
      const text = row.text(field);
      if (text === undefined || text.length > 100 || blank.has(text)) continue;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const often = [...counts].filter(([, count]) => count >= 5);
  return often.map(([text, count]) => ({
    says: `“${text}” stands in ${count} cells of levels, and is kept as their text; --blank "${text}" takes it for none`,
  }));
}

/** A version of a framework as it is published. */
export type Body = ReturnType<typeof publishFramework.body.parse>;

/** What is published, or undefined where a row says what no skill may say: it is noted there. */
export function bodyOf(drafts: readonly Draft[], said: Omit<Body, 'skills'>): Body | undefined {
  const skills = drafts.map(({ row: _, ...skill }) => skill);
  // Absent is absent, never undefined: the body is what the command's digest is over.
  const raw = JSON.parse(JSON.stringify({ ...said, skills }));
  const result = publishFramework.body.safeParse(raw);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    const [what, index, part, at] = path;
    const draft = what === 'skills' ? drafts[Number(index)] : undefined;
    if (draft === undefined) throw new ImportError(`${String(what)}: ${message}`);
    const level = draft.levels?.[Number(at)]?.level;
    draft.row.complain(part === 'levels' ? `level ${level}` : String(part), message);
  }
  return undefined;
}
