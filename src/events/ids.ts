import { v5 } from 'uuid';

/** The name of a stream: `<category>-<uuid>`. The ledger's own is `ledger`. */
export function streamName(category: string, id: string): string {
  return category === 'ledger' ? 'ledger' : `${category}-${id}`;
}

/** Category and id of a stream by its name. */
export function streamParts(stream: string): { category: string; id: string } {
  const dash = stream.indexOf('-');
  if (dash < 0) return { category: stream, id: '' };
  return { category: stream.slice(0, dash), id: stream.slice(dash + 1) };
}

/** UUIDv5(ledger id, actor id + '/' + stream + '/' + key): one person, one stream, one key, one command. */
export function commandIdOf(
  ledgerId: string,
  actorId: string,
  stream: string,
  key: string,
): string {
  return v5(`${actorId}/${stream}/${key}`, ledgerId);
}

/** UUIDv5(commandId, stream + '/' + ordinal): a second try makes the same ids. */
export function eventIdOf(commandId: string, stream: string, ordinal: number): string {
  return v5(`${stream}/${ordinal}`, commandId);
}

/** UUIDv5(commandId, name): the id of a thing that a command brings into being (a claim, a correction). */
export function newIdOf(commandId: string, name: string): string {
  return v5(name, commandId);
}
