import type { Metadata } from '../events/shapes.ts';
import type { StoredEvent } from '../store/event-store.ts';

/** A fact as tools for analysis take it: its envelope as columns, its clear data as JSON text. */
export interface FactRow {
  index: number;
  id: string;
  stream: string;
  category: string;
  subject: string | undefined;
  revision: number;
  type: string;
  schemaVersion: number;
  recordedAt: string;
  submittedOn: string | undefined;
  actorId: string;
  actorRole: string;
  onBehalfOf: string | undefined;
  commandId: string;
  correlationId: string;
  causationId: string | undefined;
  sealed: boolean;
  data: string;
}

/** How a column is typed where the format has types: whole numbers of 64 and 32 bits, times in UTC, civil days. */
export type ColumnType = 'int64' | 'int32' | 'text' | 'instant' | 'day' | 'boolean' | 'json';

export interface Column {
  name: keyof FactRow;
  type: ColumnType;
  /** Whether it may be absent. */
  optional?: true;
  /** Whether few values stand in many rows. */
  repeats?: true;
  says: string;
}

/** The columns of a row in their order, with what they mean: the source of the documented table. */
export const factColumns: readonly Column[] = [
  { name: 'index', type: 'int64', says: 'place in the ledger: 0, 1, 2, ... over all facts' },
  { name: 'id', type: 'text', says: 'of the fact' },
  { name: 'stream', type: 'text', says: 'whom or what it is about: category and subject' },
  { name: 'category', type: 'text', repeats: true, says: 'of the stream: `member`, `scheme`, ...' },
  {
    name: 'subject',
    type: 'text',
    optional: true,
    says: 'id of the member, scheme, ...; none where the ledger has one such stream',
  },
  { name: 'revision', type: 'int64', says: 'place in its stream: 0, 1, 2, ...' },
  { name: 'type', type: 'text', repeats: true, says: 'kind of fact ([facts](facts.md))' },
  { name: 'schemaVersion', type: 'int32', repeats: true, says: 'version of the shape of `data`' },
  { name: 'recordedAt', type: 'instant', says: 'when the ledger wrote it, in UTC' },
  {
    name: 'submittedOn',
    type: 'day',
    optional: true,
    says: 'day handed in, where that is not the day of `recordedAt`',
  },
  { name: 'actorId', type: 'text', repeats: true, says: 'person who acted, or a system actor' },
  { name: 'actorRole', type: 'text', repeats: true, says: 'as what they acted' },
  {
    name: 'onBehalfOf',
    type: 'text',
    optional: true,
    repeats: true,
    says: 'person for whom a system actor acted',
  },
  { name: 'commandId', type: 'text', says: 'command that wrote it: several facts may share one' },
  { name: 'correlationId', type: 'text', says: 'request in which it was written' },
  { name: 'causationId', type: 'text', optional: true, says: 'fact from which it followed' },
  { name: 'sealed', type: 'boolean', says: 'whether text was sealed with it, which is left out' },
  {
    name: 'data',
    type: 'json',
    says: 'what it says, as stored in its `schemaVersion`, without the sealed text',
  },
];

/** A stored fact as a row. Nothing is opened, and nothing upcast: sealed boxes are left out. */
export function factRow(stored: StoredEvent): FactRow {
  const { index, id, stream, revision, type } = stored;
  const { schemaVersion, recordedAt, submittedOn, actor, ...ids } = JSON.parse(
    stored.metadata,
  ) as Metadata;
  const data = withoutBoxes(stored.data);
  return {
    index,
    id,
    stream,
    ...streamOf(stream),
    revision: Number(revision),
    type,
    schemaVersion,
    recordedAt,
    submittedOn: submittedOn?.on,
    actorId: actor.id,
    actorRole: actor.role,
    onBehalfOf: actor.onBehalfOf,
    commandId: ids.commandId,
    correlationId: ids.correlationId,
    causationId: ids.causationId,
    sealed: data !== stored.data,
    data,
  };
}

/** A stream's name taken apart. `checkpoint-log` has a dash, and no id. */
export function streamOf(stream: string): Pick<FactRow, 'category' | 'subject'> {
  const dash = stream.indexOf('-');
  if (dash < 0 || stream.length - dash !== 37) return { category: stream, subject: undefined };
  return { category: stream.slice(0, dash), subject: stream.slice(dash + 1) };
}

/**
 * Canonical JSON without its boxes. Cut out of the text, which costs a fifth of parsing it: a quote inside a text is
 * escaped, so what is found here is always a key, and a box has but one form.
 */
function withoutBoxes(data: string): string {
  if (!data.includes('"sealed":')) return data;
  const cut = data.replace(BOXES, (_, before: string, after: string) =>
    before === ',' && after === ',' ? ',' : '',
  );
  return cut.includes('"sealed":') ? parsedWithout(data) : cut;
}

const BOXES =
  /(,?)"sealed":\[(?:\{"alg":"A256GCM","c":\{(?:"(?:[^"\\]|\\.)*":"[\w-]+",?)*\},"ct":"[\w-]+","iv":"[\w-]+","kid":"[\w-]+","v":1\},?)+\](,?)/;

function parsedWithout(data: string): string {
  return JSON.stringify(JSON.parse(data), (key, value) => (key === 'sealed' ? undefined : value));
}
