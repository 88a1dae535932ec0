import { readFileSync, statSync } from 'node:fs';
import type { Field } from '../import/columns.ts';
import { limits } from '../limits.ts';
import { adminOf } from './admin.ts';
import { CliError, type CliLedger } from './context.ts';

/** An option that may be given several times. */
export const many = (value: string, before: string[]): string[] => [...before, value];

/** The fields of a file, for the help of a verb. */
export function fieldLines(fields: readonly Field[]): string {
  const width = Math.max(...fields.map((field) => field.name.length));
  const lines = fields.map(({ name: field, says, needed }) => {
    return `  ${field.padEnd(width)}  ${needed ? 'needed: ' : ''}${says}`;
  });
  return `Fields:\n${lines.join('\n')}`;
}

/** A file to import. @throws CliError where there is none, or it is too large */
export function readBytes(path: string): Buffer {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new CliError(`there is no file ${path}`);
  if (size > limits.importBytes) {
    throw new CliError(`${path} has ${size} bytes, at most ${limits.importBytes}: split it`);
  }
  return readFileSync(path);
}

/** @throws CliError where `--source` is no code */
export function sourceOf(source: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(source)) return source;
  throw new CliError(`--source is "${source}": a code is expected, as old-system`);
}

/** Who imports: the facts say on whose behalf, and nobody decides on a claim that they entered. */
export async function importerOf(
  ledger: CliLedger,
  { by, dryRun }: { by?: string; dryRun?: true },
): Promise<string | undefined> {
  if (by !== undefined) return adminOf(ledger, by);
  if (dryRun) return undefined;
  throw new CliError('--by is expected: the admin who imports; --dry-run needs none');
}
