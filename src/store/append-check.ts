import { limits } from '../limits.ts';
import { AppendRefused, type EventToAppend, type ExpectedRevision } from './event-store.ts';

/** `<category>-<uuid>`, `ledger`, `checkpoint-log`: which of them exist is not the store's to know. */
const STREAM = /^[a-z][a-z0-9-]{0,99}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const TYPE = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;

/** An escape (no half of an escaped backslash) of U+0000 or of a surrogate: canonical JSON escapes no pair. */
const ESCAPED_UNFIT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/**
 * Checks what every store refuses alike (contract, 3), before a byte is sent: sizes, ids, times, and text
 * that a driver would cut at U+0000 or change at a lone surrogate.
 *
 * @throws AppendRefused with a message that names what is wrong and where
 */
export function checkAppend(
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
): void {
  if (!STREAM.test(stream)) refuse(`the stream name ${JSON.stringify(stream)} is malformed`);
  if (expected !== 'no-stream' && expected < 0n)
    refuse(`expected revision ${expected} is negative`);
  if (events.length === 0) refuse('an append needs at least one fact');
  if (events.length > limits.appendEvents) {
    refuse(`${events.length} facts in one append, at most ${limits.appendEvents}`);
  }
  let bytes = 0;
  for (const [ordinal, event] of events.entries()) bytes += checkedBytes(event, ordinal);
  if (bytes > limits.appendBytes) {
    refuse(`${bytes} bytes in one append, at most ${limits.appendBytes}`);
  }
}

function checkedBytes(event: EventToAppend, ordinal: number): number {
  const where = `fact ${ordinal} (${JSON.stringify(event.type)})`;
  if (!TYPE.test(event.type)) refuse(`${where}: the type is malformed`);
  if (!UUID.test(event.id)) refuse(`${where}: the id is no lowercase UUID`);
  if (!INSTANT.test(event.recordedAt) || Number.isNaN(Date.parse(event.recordedAt))) {
    refuse(`${where}: recordedAt is no UTC time with milliseconds`);
  }
  checkText(event.data, `${where}: data`);
  checkText(event.metadata, `${where}: metadata`);
  const bytes = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
  if (bytes > limits.factBytes) refuse(`${where}: ${bytes} bytes, at most ${limits.factBytes}`);
  return bytes;
}

function checkText(text: string, where: string): void {
  if (text.length === 0) refuse(`${where} is empty`);
  if (text.includes('\u0000')) refuse(`${where} holds U+0000`);
  if (!text.isWellFormed()) refuse(`${where} holds a lone surrogate`);
  // Canonical JSON escapes little, so the search is rarely made.
  if (text.includes('\\u') && ESCAPED_UNFIT.test(text)) {
    refuse(`${where} holds an escaped U+0000 or surrogate`);
  }
}

function refuse(message: string): never {
  throw new AppendRefused(message);
}
