import type { Field } from './columns.ts';
import { ImportError } from './problem.ts';
import { codeOf, type Row } from './row.ts';

/** What a framework's file may say of a skill, beside what each level means. */
export const skillFields: readonly Field[] = [
  {
    name: 'name',
    says: 'the skill, as it is written',
    needed: true,
    guesses: ['skill name', 'skill', 'title', 'competency', 'competence'],
  },
  {
    name: 'code',
    says: 'its code in the framework, if it has one',
    guesses: ['skill code', 'reference', 'ref', 'id'],
  },
  {
    name: 'description',
    says: 'what it is',
    guesses: ['skill description', 'definition', 'summary', 'overall description'],
  },
  {
    name: 'roles',
    says: 'roles that need it, apart by commas, semicolons or lines',
    guesses: ['roles that require skill', 'job roles', 'role'],
  },
];

/** A level of a framework, and the column that says what it means. */
export interface LevelColumn {
  code: string;
  name: string;
  field: string;
}

const LEVEL =
  /^(aware|awareness|foundation|foundational|novice|beginner|basic|entry|working|intermediate|competent|practitioner|proficient|advanced|senior|expert|master|mastery)( level)?$|^level \d+\b/;

/**
 * The columns of the levels, from the lowest to the highest: as said, else guessed by their headings.
 *
 * @throws ImportError where a column is not there, or gives no code
 */
export function levelColumns(header: readonly string[], said: string | undefined): LevelColumn[] {
  const names =
    said === undefined
      ? header.filter((heading) => LEVEL.test(heading.toLowerCase().trim()))
      : said.split(',').flatMap((name) => name.trim() || []);
  const columns = names.map((name) => {
    if (!header.includes(name)) {
      throw new ImportError(
        `--levels: no column is headed "${name}"; columns are ${header.join(', ')}`,
      );
    }
    const code = codeOf(name);
    if (code === undefined || code === 'held') {
      throw new ImportError(`--levels: no code can be made of "${name}"`);
    }
    return { code, name, field: `level ${code}` };
  });
  const twice = columns.find(({ code }, at) => columns.findIndex((one) => one.code === code) < at);
  if (twice !== undefined) throw new ImportError(`--levels: "${twice.name}" stands twice`);
  return columns;
}

/** The levels as fields of a file. */
export function levelFields(columns: readonly LevelColumn[]): Field[] {
  return columns.map(({ field, name }) => ({ name: field, says: 'a level', guesses: [name] }));
}

/** A skill as a row tells it. */
export interface Draft {
  row: Row;
  skill?: string;
  name: string;
  code?: string;
  description?: string;
  held?: true;
  levels?: { level: string; text: string }[];
  roles?: string[];
}

/** What was done to a row that is not plainly kept. */
export interface Treated {
  line: number;
  name: string;
  says: string;
}

/** The skills of rows, none lost but what stands twice, word for word. */
export function draftsOf(
  rows: readonly Row[],
  columns: readonly LevelColumn[],
  blank: ReadonlySet<string>,
): { drafts: Draft[]; renamed: Treated[]; skipped: Treated[] } {
  const drafts: Draft[] = [];
  const renamed: Treated[] = [];
  const skipped: Treated[] = [];
  const names = new Map<string, Draft>();
  const codes = new Map<string, number>();
  for (const row of rows) {
    const written = row.needed('name', 'the name of a skill is expected');
    if (written === '') continue;
    const draft = draftOf(row, columns, blank);
    const before = names.get(nameKey(draft.name));
    const { line } = row;
    if (before !== undefined && contentOf(before) === contentOf(draft)) {
      skipped.push({ line, name: draft.name, says: `is line ${before.row.line} word for word` });
      continue;
    }
    if (before !== undefined) {
      draft.name = another(draft, names);
      const says = `is called “${draft.name}”, since line ${before.row.line} has its name`;
      renamed.push({ line, name: written, says });
    } else if (draft.name !== written) {
      renamed.push({ line, name: draft.name, says: 'has its name without the white space in it' });
    }
    const first = draft.code === undefined ? undefined : codes.get(draft.code);
    if (first !== undefined) {
      const says = `stands without the code ${draft.code}, which line ${first} has`;
      renamed.push({ line, name: draft.name, says });
      delete draft.code;
    }
    if (draft.code !== undefined) codes.set(draft.code, line);
    names.set(nameKey(draft.name), draft);
    drafts.push(draft);
  }
  return { drafts, renamed, skipped };
}

/** A name as it is compared: without case, punctuation and white space. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function draftOf(row: Row, columns: readonly LevelColumn[], blank: ReadonlySet<string>): Draft {
  const read = (field: string): string | undefined => {
    const text = row.text(field)?.replace(/\r\n?/g, '\n').normalize('NFC').trim();
    return text === undefined || blank.has(text) ? undefined : text;
  };
  const levels = columns.flatMap(({ code, field }) => {
    const text = read(field);
    return text === undefined ? [] : [{ level: code, text }];
  });
  const code = read('code');
  const description = read('description');
  const roles = rolesOf(read('roles') ?? '');
  return {
    row,
    name: (row.text('name') ?? '').normalize('NFC').replace(/\s+/g, ' '),
    ...(code === undefined ? {} : { code }),
    ...(description === undefined ? {} : { description }),
    ...(columns.length > 0 && levels.length === 0 ? { held: true as const } : {}),
    ...(levels.length > 0 ? { levels } : {}),
    ...(roles.length > 0 ? { roles } : {}),
  };
}

function rolesOf(text: string): string[] {
  const roles = text.split(/[;\n]|,\s/).map((role) => role.replace(/\s+/g, ' ').trim());
  return [...new Set(roles.filter((role) => role !== ''))];
}

function contentOf({ row: _, ...content }: Draft): string {
  return JSON.stringify({ ...content, name: nameKey(content.name) });
}

/** A name that no other has: with the one role that needs it, else with a number. */
function another({ name, roles = [] }: Draft, taken: ReadonlyMap<string, Draft>): string {
  const [role] = roles;
  const withRole = `${name} (${role})`;
  if (roles.length === 1 && !taken.has(nameKey(withRole))) return withRole;
  let number = 2;
  while (taken.has(nameKey(`${name} (${number})`))) number += 1;
  return `${name} (${number})`;
}
