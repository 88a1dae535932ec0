import { hash } from 'node:crypto';

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
  return uuidOf(ledgerId, `${actorId}/${stream}/${key}`);
}

/** UUIDv5(commandId, stream + '/' + ordinal): a second try makes the same ids. */
export function eventIdOf(commandId: string, stream: string, ordinal: number): string {
  return uuidOf(commandId, `${stream}/${ordinal}`);
}

/** UUIDv5(commandId, name): the id of a thing that a command brings into being (a claim, a correction). */
export function newIdOf(commandId: string, name: string): string {
  return uuidOf(commandId, name);
}

/**
 * UUIDv5 of a name in a namespace (RFC 9562, 5.5). Made up to eight times a command, and the package's takes
 * more than twice as long.
 *
 * @throws TypeError when the namespace is no UUID
 */
function uuidOf(namespace: string, name: string): string {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  bytes.set(bytesOf(namespace));
  bytes.write(name, 16, 'utf8');
  const hex = hash('sha1', bytes, 'hex');
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Of a command's id mostly, from which all that it makes has its ids: so the last is kept. */
function bytesOf(uuid: string): Uint8Array {
  if (uuid !== last.uuid) {
    const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    if (bytes.length !== 16) throw new TypeError(`${uuid} is no UUID to make another from`);
    last = { uuid, bytes };
  }
  return last.bytes;
}

let last = { uuid: '', bytes: new Uint8Array() };

const VARIANTS = ['8', '9', 'a', 'b'] as const;
