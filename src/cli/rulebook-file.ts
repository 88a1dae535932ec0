import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Remark } from '../scheme/remark.ts';
import { AuthoredRulebook, type Rulebook } from '../scheme/rulebook.ts';
import { remarksOn } from '../scheme/rulebook-check.ts';
import { CliError } from './context.ts';
import { type Fault, faultsOf } from './rulebook-issue.ts';
import { yamlFault } from './yaml-fault.ts';

/** Something about a rulebook's file, by line and column from 1. */
export interface PlacedRemark {
  level: Remark['level'];
  line: number;
  column: number;
  says: string;
}

/** A rulebook's file as read: the rulebook where there is no error, and what is to be said, by line. */
export interface RulebookFile {
  rulebook: Rulebook | undefined;
  remarks: PlacedRemark[];
}

type Document = ReturnType<typeof parseDocument>;

/** Reads a rulebook in YAML or JSON (which is YAML, too). @throws CliError when the file cannot be read */
export function readRulebookFile(path: string): RulebookFile {
  const lines = new LineCounter();
  const text = readText(path);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placed = (level: Remark['level'], offset: number, says: string): PlacedRemark => {
    const { line, col: column } = lines.linePos(offset);
    return { level, line, column, says };
  };
  // The first alone: what the parser finds after it is mostly its consequence.
  const [fault] = document.errors;
  if (fault !== undefined) {
    return {
      rulebook: undefined,
      remarks: [placed('error', fault.pos[0], yamlFault(fault, text))],
    };
  }
  const alias = danglingAlias(document);
  if (alias !== undefined) {
    const says = 'a text that begins with * stands in "quotes"';
    return { rulebook: undefined, remarks: [placed('error', alias, says)] };
  }
  const written = withoutAddress(document.toJS());
  const parsed = AuthoredRulebook.safeParse(written);
  if (!parsed.success) {
    const remarks = faultsOf(parsed.error.issues, written).map((fault) =>
      placed('error', offsetOf(document, fault), fault.says),
    );
    return { rulebook: undefined, remarks: remarks.sort(byPlace) };
  }
  const remarks = remarksOn(parsed.data).map(({ level, path: where, says }) =>
    placed(level, offsetOf(document, { path: where }), says),
  );
  const faulty = remarks.some(({ level }) => level === 'error');
  return { rulebook: faulty ? undefined : parsed.data, remarks: remarks.sort(byPlace) };
}

/** The rulebook in a file. @throws CliError where it has an error, with the first of them */
export function rulebookIn(file: string): Rulebook {
  const { rulebook, remarks } = readRulebookFile(file);
  if (rulebook !== undefined) return rulebook;
  const errors = remarks.filter(({ level }) => level === 'error');
  const [first] = errors;
  const more = errors.length === 1 ? '' : ` (the first of ${errors.length} errors: rulebook check)`;
  throw new CliError(first === undefined ? file : `${remarkLine(file, first)}${more}`);
}

/** A remark as a line that editors can follow to its place. */
export function remarkLine(path: string, { level, line, column, says }: PlacedRemark): string {
  return `${path}:${line}:${column}: ${level}: ${says}`;
}

/** The address of the schema, by which an editor finds it in a file of JSON. */
function withoutAddress(written: unknown): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const { $schema: _address, ...rest } = written as Record<string, unknown>;
  return rest;
}

function byPlace(a: PlacedRemark, b: PlacedRemark): number {
  return a.line - b.line || a.column - b.column;
}

/** Where a fault stands in the text; of what is missing, where it would be. */
function offsetOf(document: Document, { path, key }: Pick<Fault, 'path' | 'key'>): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const pair = isMap(node) ? node.items.find((item) => nameOf(item.key) === key) : undefined;
    const at = key !== undefined && length === path.length && isNode(pair?.key) ? pair.key : node;
    return at.range?.[0] ?? node.range[0];
  }
  return 0;
}

/** Where the first alias of YAML stands that nothing is named by: mostly a text that begins with `*`. */
function danglingAlias(document: Document): number | undefined {
  let at: number | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      at = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}

function nameOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${code}`,
    );
  }
}
