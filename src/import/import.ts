import type { Ledger } from '../commands/handle.ts';
import { importer } from '../commands/imported.ts';
import { rehearsal } from '../commands/rehearsal.ts';
import { claims } from './claims.ts';
import type { Mapping } from './columns.ts';
import type { Kind, KnownOrganisation, Making } from './kind.ts';
import { members } from './members.ts';
import { organisations } from './organisations.ts';
import type { Bad, Notice } from './problem.ts';
import type { Row } from './row.ts';
import { runTasks } from './run.ts';
import type { Reading } from './table.ts';
import { namesOf, openQuote, readTable } from './table.ts';
import type { FileText } from './text.ts';

/** The kinds of files that can be imported. */
export const kinds: readonly Kind[] = [organisations, members, claims];

/** What an import is asked to do. */
export interface ImportRequest extends Reading {
  kind: Kind;
  bytes: Uint8Array;
  /** A code for the system that the rows come from: with a row's own id, it tells a repeat. */
  source: string;
  /** Decides on every row as the import would, and writes nothing. */
  dryRun: boolean;
  onBehalfOf: string | undefined;
}

/** What an import did, or with `dryRun` would do. */
export interface ImportReport {
  kind: Kind['name'];
  dryRun: boolean;
  encoding: FileText['encoding'];
  delimiter: string;
  mapping: Mapping;
  /** Records that hold anything, up to an open quote; the heading is none. */
  rows: number;
  /** Rows of which something was written. */
  added: number;
  /** Rows that were there before, as they are. */
  unchanged: number;
  /** Rows that were imported before with other content: nothing was done. */
  changed: Bad[];
  /** Rows of which something is wrong. */
  refused: number;
  bad: Bad[];
  /** The line on which a quote stays open: nothing from there on was read. */
  openedOn?: number;
  notices: Notice[];
}

/** What the import asks of the rest. */
export interface ImportTools {
  ledger: Ledger;
  organisations(): Promise<KnownOrganisation[]>;
  onProgress(count: number, of: number): void;
}

const CHANGED =
  'the content with which it was imported before is expected; a change is made in the ledger';

/**
 * Imports a file. A bad row costs no good one; a row that was imported before adds nothing.
 *
 * @throws ImportError when no row can be read; and what `handle` throws, after which it may be run again
 */
export async function importFile(
  request: ImportRequest,
  tools: ImportTools,
): Promise<ImportReport> {
  const { kind, bytes, source, dryRun, onBehalfOf } = request;
  const file = readTable(kind.fields, bytes, request);
  const { rows, mapping, notices } = file;
  const trial = importer(rehearsal(tools.ledger), onBehalfOf);
  const sound = rows.filter(({ bad }) => bad.length === 0);
  const making: Making = {
    rows: sound,
    importer: dryRun ? trial : importer(tools.ledger, onBehalfOf),
    trial,
    source,
    nameOf: namesOf(file, kind.ids, source),
    headingOf: (field) => mapping.find((mapped) => mapped.field === field)?.column,
    notice: (notice) => void notices.push(notice),
    organisations: once(tools.organisations),
  };
  const stages = await kind.make(making);
  const { added, changed } = await runTasks(stages, tools.onProgress);
  const bad = [...rows.flatMap((row) => row.bad), ...openQuote(file)];
  const refused = rows.filter((row) => row.bad.length > 0);
  const done = new Set([...refused, ...changed]);
  const wrote = [...added].filter((row) => !done.has(row)).length;
  return {
    kind: kind.name,
    dryRun,
    encoding: file.encoding,
    delimiter: file.delimiter,
    mapping,
    rows: rows.length,
    added: wrote,
    unchanged: rows.length - done.size - wrote,
    changed: byLine([...changed].map(changeOf(rows, making.nameOf))),
    refused: refused.length,
    bad: byLine(bad),
    ...(file.open === undefined ? {} : { openedOn: file.open.line }),
    notices,
  };
}

/** What is said of a changed row: an id that stands twice in the file is no change since an earlier import. */
function changeOf(rows: readonly Row[], nameOf: Making['nameOf']): (row: Row) => Bad {
  const firstLine = new Map<string, number>();
  for (const row of rows.toReversed()) firstLine.set(nameOf(row).text, row.line);
  return (row) => {
    const first = firstLine.get(nameOf(row).text) ?? row.line;
    const twice = `an id of its own is expected: line ${first} has the same, with other content`;
    return { line: row.line, expected: first < row.line ? twice : CHANGED };
  };
}

function byLine(bad: readonly Bad[]): Bad[] {
  return bad.toSorted((a, b) => a.line - b.line);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}
