import Module, { register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { OwnProjection, TableCell, TableRow } from './define-projection.ts';
import { faultOf } from './projection-fault.ts';
import type { FromProjection, ToProjection } from './projection-messages.ts';

// The process that a user's own file runs in: it is told facts and asked for rows, and has nothing else of the ledger.

const ROWS = 1_000;
const kit = new URL('./define-projection.js', import.meta.url).href;
let projection: OwnProjection | undefined;
let state: unknown;
let rows: Iterator<TableRow> | undefined;
let given = 0;

process.on('message', async (message: ToProjection) => {
  let answer: FromProjection;
  try {
    answer = await answerTo(message);
  } catch (error) {
    answer = { say: 'failed', message: inWords(error) };
  }
  process.send?.(answer);
});
// Who is gone asks nothing any more.
process.on('disconnect', () => process.exit());

async function answerTo(message: ToProjection): Promise<FromProjection> {
  switch (message.say) {
    case 'load':
      return load(message.file);
    case 'begin':
      state = known().initial();
      return { say: 'done' };
    case 'facts':
      for (const fact of message.facts) {
        try {
          known().apply(state, fact);
        } catch (error) {
          throw new Error(`at the fact with index ${fact.index}, ${fact.type}: ${inWords(error)}`);
        }
      }
      return { say: 'done' };
    case 'rows':
      rows = known().rows(state)[Symbol.iterator]();
      given = 0;
      return someRows();
    case 'more':
      return someRows();
  }
}

function known(): OwnProjection {
  if (projection === undefined) throw new Error('no projection was loaded');
  return projection;
}

async function load(file: string): Promise<FromProjection> {
  resolveKit();
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  // A file that is taken for CommonJS has its exports under `default`, too.
  const found =
    module['projection'] ?? (module['default'] as Record<string, unknown>)?.['projection'];
  const fault = faultOf(found);
  if (fault !== undefined) throw new Error(fault);
  projection = found as OwnProjection;
  const { name, types, columns } = projection;
  return { say: 'loaded', name, types: [...types], columns: [...columns] };
}

/** `skills-ledger` means this release, wherever the file lies, and whether it is taken for a module or not. */
function resolveKit(): void {
  const hook = `export const resolve = (what, context, next) =>
    what === 'skills-ledger' ? { url: ${JSON.stringify(kit)}, shortCircuit: true } : next(what, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  const loader = Module as unknown as {
    _resolveFilename(what: string, ...more: unknown[]): string;
  };
  const before = loader._resolveFilename;
  loader._resolveFilename = function resolved(what, ...more) {
    return what === 'skills-ledger' ? fileURLToPath(kit) : before.call(this, what, ...more);
  };
}

function someRows(): FromProjection {
  const { columns } = known();
  const some: TableCell[][] = [];
  while (some.length < ROWS) {
    const next = rows?.next();
    if (next === undefined || next.done) return { say: 'rows', rows: some, last: true };
    const row = next.value as Record<string, TableCell>;
    given += 1;
    const stray = Object.keys(row).find((name) => !columns.includes(name));
    if (stray !== undefined) throw new Error(`row ${given} has "${stray}", which is no column`);
    some.push(columns.map((name) => cellOf(row[name], name)));
  }
  return { say: 'rows', rows: some, last: false };
}

function cellOf(value: unknown, column: string): TableCell {
  if (value === undefined || value === null) return null;
  const type = typeof value;
  if (type === 'string' || type === 'boolean' || Number.isFinite(value)) return value as TableCell;
  throw new Error(
    `row ${given}: "${column}" is ${type === 'number' ? value : `of type ${type}`}; text, a finite number, true, false or null is expected`,
  );
}

/** The error with the first place in the user's own code, which is what they can mend. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const places = [
    ...(error.stack ?? '').matchAll(/^ +at (?:.*[ (])?(?:file:\/\/)?(\/[^()\s]+:\d+:\d+)\)?$/gm),
  ];
  const theirs = places.map(([, at = '']) => at).find((at) => !OURS.test(at));
  return `${error.message}${theirs === undefined ? '' : ` (${theirs})`}`;
}

const OURS = /\/node_modules\/|\/src\/export\/projection-/;
