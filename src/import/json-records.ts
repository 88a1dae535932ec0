import { ImportError } from './problem.ts';
import type { CsvRecord } from './records.ts';
import { decodeText } from './text.ts';

/** Whether a file is JSON rather than a table: by its first character. */
export function isJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 200)).replace(/^\ufeff/, '');
  return /^\s*[[{]/.test(head);
}

/**
 * The items of a JSON list as records under one heading: a list, or an object that holds one. A record is numbered by
 * its item, from 1. An object in an item gives its members as columns (`"levels": { "Basic": "..." }`), and so does a list
 * of objects that name themselves (`[{ "level": "Basic", "text": "..." }]`); another list is one cell, line by line.
 *
 * @throws ImportError where it is no JSON, or holds no list of objects
 */
export function jsonRecords(bytes: Uint8Array): CsvRecord[] {
  const { text } = decodeText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ImportError(`this is no JSON: ${(error as Error).message}`);
  }
  const list = Array.isArray(value) ? value : Object.values(value as object).find(Array.isArray);
  if (list === undefined || !list.every(isObject)) {
    throw new ImportError('a JSON list of objects is expected, one for each row');
  }
  const items = list.map(cellsOf);
  const header = [...new Set(items.flatMap((item) => [...item.keys()]))];
  return [
    { line: 0, cells: header },
    ...items.map((item, index) => ({
      line: index + 1,
      cells: header.map((column) => item.get(column) ?? ''),
    })),
  ];
}

function cellsOf(item: Record<string, unknown>): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [column, value] of Object.entries(item)) {
    if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
      for (const part of value)
        cells.set(titleOf(part), textOf(part['text'] ?? part['description']));
    } else if (isObject(value)) {
      for (const [name, part] of Object.entries(value)) cells.set(name, textOf(part));
    } else {
      cells.set(column, textOf(value));
    }
  }
  return cells;
}

function titleOf({ level, code, name }: Record<string, unknown>): string {
  return textOf(level ?? name ?? code);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  return value === undefined || value === null ? '' : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
