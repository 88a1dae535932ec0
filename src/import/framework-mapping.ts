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
}

/** What became of a skill of the version before. */
export interface Fate {
  skill: string;
  to: string[];
}

/**
 * Gives drafts the ids of skills of the version before that have their names, and to the others new ones.
 *
 * @param mint the id of the nth draft; absent: the command gives it
 * @returns skills whose names no draft has, and the names of those that are new
 */
export function keepIds(
  drafts: readonly Draft[],
  before: readonly Known[],
  mint: ((nth: number) => string) | undefined,
): { gone: Known[]; added: string[] } {
  const byName = new Map(before.toReversed().map((known) => [nameKey(known.name), known]));
  const kept = new Set<string>();
  const added: string[] = [];
  for (const [nth, draft] of drafts.entries()) {
    const known = byName.get(nameKey(draft.name));
    const skill = known?.skill ?? mint?.(nth);
    if (skill !== undefined) draft.skill = skill;
    if (known === undefined) added.push(draft.name);
    else kept.add(known.skill);
  }
  return { gone: before.filter(({ skill }) => !kept.has(skill)), added };
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
