import type { Field } from './columns.ts';
import { type Draft, nameKey } from './framework-skills.ts';
import { type Bad, ImportError } from './problem.ts';
import { openQuote, readTable } from './table.ts';

const fields: readonly Field[] = [
  {
    name: 'old',
    says: 'a skill of the version before, by name or id',
    needed: true,
    guesses: ['old name', 'old skill', 'from', 'before'],
  },
  {
    name: 'new',
    says: 'what it is now: names or ids, apart by semicolons or lines, or retired',
    needed: true,
    guesses: ['new name', 'new names', 'new skill', 'to', 'now'],
  },
];

/** The word for a skill that nothing takes the place of. */
const RETIRED = 'retired';

/** A skill of the version before. */
export interface Known {
  skill: string;
  name: string;
  code?: string | undefined;
}

/** What became of a skill of the version before. */
export interface Fate {
  skill: string;
  to: string[];
}

/** A skill that has another name than before, known by its code. */
export interface Recoded {
  line: number;
  name: string;
  before: string;
  code: string;
}

/**
 * Gives drafts the ids of skills of the version before that have their names; else, of those whose names nothing has any
 * more, that which has their code; to all others new ones. A code alone is no identity, since some are given away again:
 * a skill of which a file says what became of it (`said`) is not looked for by its code.
 *
 * @param mint the id of the nth draft; absent: the command gives it
 * @returns skills that no draft is, the names of those that are new, and those that are known by their codes
 */
export function keepIds(
  drafts: readonly Draft[],
  before: readonly Known[],
  { mint, said }: { mint: ((nth: number) => string) | undefined; said: ReadonlySet<string> },
): { gone: Known[]; added: string[]; recoded: Recoded[] } {
  const byName = new Map(before.toReversed().map((known) => [nameKey(known.name), known]));
  const named = new Set(drafts.map(({ name }) => byName.get(nameKey(name))?.skill));
  const byCode = new Map(
    before.flatMap((known): [string, Known][] => {
      const { code, skill } = known;
      return code === undefined || named.has(skill) || said.has(skill) ? [] : [[code, known]];
    }),
  );
  const kept = new Set<string>();
  const added: string[] = [];
  const recoded: Recoded[] = [];
  for (const [nth, draft] of drafts.entries()) {
    const { name, code, row } = draft;
    const byItsName = byName.get(nameKey(name));
    const byItsCode = code === undefined ? undefined : byCode.get(code);
    const known = byItsName ?? byItsCode;
    const skill = known?.skill ?? mint?.(nth);
    if (skill !== undefined) draft.skill = skill;
    if (known === undefined) added.push(name);
    else kept.add(known.skill);
    if (byItsName === undefined && known !== undefined && code !== undefined) {
      recoded.push({ line: row.line, name, before: known.name, code });
    }
  }
  return { gone: before.filter(({ skill }) => !kept.has(skill)), added, recoded };
}

/** Skills of the version before of which a file says what became of them. @throws ImportError where it cannot be read */
export function skillsSaid(
  bytes: Uint8Array | undefined,
  before: readonly Known[],
): ReadonlySet<string> {
  if (bytes === undefined) return new Set();
  const old = finder(before);
  const { rows } = readTable(fields, bytes, { map: [], set: [], digits: [] });
  return new Set(rows.flatMap((row) => old(row.text('old') ?? '')?.skill ?? []));
}

/**
 * Reads a file that says what became of skills: `old,new`, several rows for one if need be.
 *
 * @throws ImportError where it cannot be read at all
 */
export function readMapping(
  bytes: Uint8Array,
  before: readonly Known[],
  drafts: readonly Draft[],
): { fates: Fate[]; bad: Bad[] } {
  const table = readTable(fields, bytes, { map: [], set: [], digits: [] });
  const old = finder(before);
  const now = finder(drafts.map(({ skill = '', name }) => ({ skill, name })));
  const to = new Map<string, Set<string>>();
  for (const row of table.rows) {
    const known = old(row.needed('old', 'a skill of the version before is expected'));
    if (known === undefined) row.complain('old', 'a skill of the version before is expected');
    const said = row.needed('new', `skills of the file, or ${RETIRED}, are expected`);
    const names = said.split(/[;\n]/).flatMap((name) => name.trim() || []);
    for (const name of names) {
      if (name.toLowerCase() === RETIRED && names.length === 1) continue;
      const found = now(name);
      if (found === undefined) {
        row.complain('new', `skills of the file are expected, or ${RETIRED}: not “${name}”`);
      } else if (known !== undefined) {
        to.set(known.skill, (to.get(known.skill) ?? new Set()).add(found.skill));
      }
    }
    if (known !== undefined && !to.has(known.skill)) to.set(known.skill, new Set());
  }
  const bad = [...table.rows.flatMap((row) => row.bad), ...openQuote(table)];
  return { fates: [...to].map(([skill, ids]) => ({ skill, to: [...ids] })), bad };
}

/** `old=new`, each: levels that are others now, or held; undefined where none is. @throws ImportError on another form */
export function readLevels(said: readonly string[]): { level: string; to: string }[] | undefined {
  if (said.length === 0) return undefined;
  return said.map((text) => {
    const [, level = '', to = ''] = /^([a-z0-9-]+)=([a-z0-9-]+)$/.exec(text) ?? [];
    if (level === '') throw new ImportError(`--level is "${text}": old=new is expected, as codes`);
    return { level, to };
  });
}

function finder(skills: readonly Known[]): (text: string) => Known | undefined {
  const byId = new Map(skills.map((known) => [known.skill, known]));
  const byName = new Map(skills.map((known) => [nameKey(known.name), known]));
  return (text) => byId.get(text.trim().toLowerCase()) ?? byName.get(nameKey(text));
}
