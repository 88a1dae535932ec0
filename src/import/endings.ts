import { addDays, type CivilDate } from '../scheme/civil-date.ts';
import type { Making } from './kind.ts';
import type { Row } from './row.ts';

/** How a body ended: half-open, `until` is the first day without it. */
export interface Ending {
  until: CivilDate;
  /** Ids of the bodies that took its place; none where nobody did. */
  successors: string[];
  kind: Succession;
}

type Succession = 'merger' | 'split' | 'rename';

/** A body that takes another's place: its row, where the file has one. */
interface Successor {
  id: string;
  row: Row | undefined;
}

/**
 * How the bodies of a file ended. A file may write an end as a body's last day or as the first day without it, and
 * even both: where a successor began the day after, or else somebody in the file did and nobody on the day itself,
 * the day was the last, and is shifted by one; which rows were is said. What kind of succession it was is told from
 * who succeeds whom, unless a column says.
 */
export async function endingsOf(making: Making): Promise<Map<Row, Ending>> {
  const { rows } = making;
  const find = await finderOf(making);
  const starts = new Set(rows.map((row) => row.day('from')));
  const found = new Map(rows.map((row) => [row, successorsOf(row, find)] as const));
  const predecessors = new Map<string, number>();
  for (const successors of found.values()) {
    for (const { id } of successors) predecessors.set(id, (predecessors.get(id) ?? 0) + 1);
  }
  const endings = new Map<Row, Ending>();
  for (const [row, successors] of found) {
    const end = row.day('until');
    if (end === undefined) {
      if (row.text('successors') !== undefined) {
        row.complain('until', 'a day is expected where a body has a successor');
      }
      continue;
    }
    const until = halfOpen(making, row, end, successors, starts);
    const kind = kindOf(row, until, successors, predecessors);
    endings.set(row, { until, successors: successors.map(({ id }) => id), kind });
  }
  return endings;
}

function successorsOf(row: Row, find: (name: string) => Successor | undefined): Successor[] {
  const names = (row.text('successors') ?? '').split(/[,;|]/).map((name) => name.trim());
  return names.filter(Boolean).flatMap((name) => {
    const successor = find(name);
    if (successor !== undefined) return [successor];
    row.complain(
      'successors',
      `a body of this file or of the ledger is expected: "${name}" is none`,
    );
    return [];
  });
}

/** Finds bodies by id, code or name: in the file, else in the ledger. */
async function finderOf({ rows, nameOf, importer, organisations }: Making) {
  const found = new Map<string, Successor>();
  for (const { id, name, identifiers } of await organisations()) {
    for (const key of [name, ...identifiers.map(({ code }) => code)]) {
      found.set(key.toLowerCase(), { id, row: undefined });
    }
  }
  for (const field of ['name', 'code', 'id']) {
    for (const row of rows) {
      const key = row.text(field)?.toLowerCase();
      if (key !== undefined) {
        found.set(key, { id: importer.idOf('organisation', nameOf(row)), row });
      }
    }
  }
  return (name: string): Successor | undefined => found.get(name.toLowerCase());
}

function halfOpen(
  { notice }: Making,
  row: Row,
  end: CivilDate,
  successors: readonly Successor[],
  starts: ReadonlySet<CivilDate | undefined>,
): CivilDate {
  const next = addDays(end, 1);
  const { line } = row;
  const began = new Set(successors.map((successor) => successor.row?.day('from')));
  const known = began.has(end) || began.has(next) ? began : starts;
  if (known.has(end)) return end;
  const who = row.text('id') ?? row.text('code') ?? row.text('name') ?? '';
  if (known.has(next)) {
    notice({ line, says: `${who} ended on ${end}, its last day: until ${next}` });
    return next;
  }
  notice({
    line,
    says: `${who} ended on ${end}, taken as the first day without it: nothing tells`,
  });
  return end;
}

function kindOf(
  row: Row,
  until: CivilDate,
  successors: readonly Successor[],
  predecessors: ReadonlyMap<string, number>,
): Succession {
  const said = row.code('kind');
  if (said === 'merger' || said === 'split' || said === 'rename') return said;
  if (said !== undefined) row.complain('kind', 'merger, split or rename is expected');
  const [successor] = successors;
  if (successors.length > 1 || successor === undefined) return 'split';
  const others = (predecessors.get(successor.id) ?? 0) > 1;
  const from = successor.row?.day('from');
  return others || (from !== undefined && from < until) ? 'merger' : 'rename';
}
