import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Remark } from '../scheme/remark.ts';
import { AuthoredRulebook, type Rulebook } from '../scheme/rulebook.ts';
import { remarksOn } from '../scheme/rulebook-check.ts';
import { CliError } from './context.ts';

/** A rulebook's file as read: the rulebook where there is no error, and what is to be said, by line. */
export interface RulebookFile {
  rulebook: Rulebook | undefined;
  remarks: { level: Remark['level']; line: number; column: number; says: string }[];
}

/** Reads a rulebook in YAML or JSON (which is YAML, too). @throws CliError when the file cannot be read */
export function readRulebookFile(path: string): RulebookFile {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const placed = (level: Remark['level'], offset: number, says: string) => {
    const { line, col: column } = lines.linePos(offset);
    return { level, line, column, says };
  };
  if (document.errors.length > 0) {
    const remarks = document.errors.map(({ pos, message }) => placed('error', pos[0], message));
    return { rulebook: undefined, remarks };
  }
  const at = (where: readonly PropertyKey[]): number => {
    for (let length = where.length; length > 0; length--) {
      const node = document.getIn(where.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  };
  const parsed = AuthoredRulebook.safeParse(document.toJS());
  if (!parsed.success) {
    const remarks = parsed.error.issues.map(({ path: where, message }) =>
      placed('error', at(where), `${where.join('.') || 'the rulebook'}: ${message}`),
    );
    return { rulebook: undefined, remarks };
  }
  const remarks = remarksOn(parsed.data).map(({ level, path: where, says }) =>
    placed(level, at(where), says),
  );
  const faulty = remarks.some(({ level }) => level === 'error');
  return { rulebook: faulty ? undefined : parsed.data, remarks };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
