import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { canonical } from '../proofs/jcs.ts';

/** A data key of the vault in memory: one half seals boxes, the other makes digests (contract, 4). */
export interface DataKey {
  /** 16 random bytes, base64url without padding. */
  kid: string;
  box: KeyObject;
  digest: KeyObject;
}

/** Text sealed under one key, as it stands in a fact (contract, 4). Binary is base64url without padding. */
export interface SealedBox {
  v: 1;
  alg: 'A256GCM';
  kid: string;
  iv: string;
  ct: string;
  /** For each field its commitment: SHA-256(JCS [salt, path, value]), so that one can be shown alone. */
  c: Record<string, string>;
}

/** What binds a box to its place: it opens nowhere else. */
export interface BoxPlace {
  ledgerId: string;
  stream: string;
  eventId: string;
}

/** Fields of text by path (`lines/0/title`). */
export type Texts = Record<string, string>;

export class BoxBroken extends Error {
  override name = 'BoxBroken';
}

/** Texts under one key that are too long together: nothing is sealed. */
export class TextsTooLong extends RangeError {
  override name = 'TextsTooLong';
}

const SMALLEST = 256;
const LARGEST = 65_536;
const SEED_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals texts under a key: AES-256-GCM over JCS of { fields, seed }, padded with spaces to a power of two.
 *
 * @throws TextsTooLong when the padded plaintext would pass 65,536 bytes
 */
export function seal(fields: Texts, key: DataKey, place: BoxPlace): SealedBox {
  const random = someRandom(SEED_BYTES + IV_BYTES);
  const seed = random.toString('base64url', 0, SEED_BYTES);
  const iv = random.subarray(SEED_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.box, iv);
  cipher.setAAD(Buffer.from(aad(place, key.kid), 'utf8'));
  const plain = padded(canonical({ fields, seed }));
  const ct = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const c: Record<string, string> = {};
  for (const path of Object.keys(fields)) {
    c[path] = commitment(saltOf(seed, path), path, fields[path] as string);
  }
  return {
    v: 1,
    alg: 'A256GCM',
    kid: key.kid,
    iv: iv.toString('base64url'),
    ct: ct.toString('base64url'),
    c,
  };
}

/**
 * Opens a box and checks each field against its commitment.
 *
 * @throws BoxBroken when key, place, bytes or a commitment do not fit
 */
export function open(box: SealedBox, key: DataKey, place: BoxPlace): Texts {
  const { fields, seed } = plaintext(box, key, place);
  const paths = Object.keys(fields);
  if (paths.length !== Object.keys(box.c).length)
    throw new BoxBroken('fields and commitments differ');
  for (const path of paths) {
    const made = commitment(saltOf(seed, path), path, fields[path] as string);
    if (made !== box.c[path]) throw new BoxBroken(`commitment of ${path} does not fit`);
  }
  return fields;
}

/** Salt of a field: SHA-256(seed text + '.' + path), base64url. Shown only to prove that one field. */
export function saltOf(seed: string, path: string): string {
  return hash('sha256', `${seed}.${path}`, 'base64url');
}

/** Commitment of a field: SHA-256(JCS [salt, path, value]), base64url. */
export function commitment(salt: string, path: string, value: string): string {
  return hash('sha256', canonical([salt, path, value]), 'base64url');
}

/** HMAC-SHA256 over a canonical text, base64url: how a repeat is told from another command. */
export function digestOf(key: DataKey, content: unknown): { kid: string; mac: string } {
  const mac = createHmac('sha256', key.digest).update(canonical(content)).digest('base64url');
  return { kid: key.kid, mac };
}

/** HMAC-SHA256 of a text under a key, cut to a UUIDv8 (RFC 9562, 5.8). */
export function keyedUuid(key: KeyObject, text: string): string {
  const bytes = createHmac('sha256', key).update(text).digest();
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function aad(place: BoxPlace, kid: string): string {
  return canonical([place.ledgerId, place.stream, place.eventId, kid]);
}

function padded(text: string): Buffer {
  const length = Buffer.byteLength(text);
  let size = SMALLEST;
  while (size < length) size *= 2;
  if (size > LARGEST) {
    throw new TextsTooLong(
      `these texts have ${length} bytes as they are sealed together, at most ${LARGEST}: shorten them, or say less at a time`,
    );
  }
  const out = Buffer.allocUnsafe(size);
  out.fill(0x20, out.write(text, 'utf8'));
  return out;
}

const DRAWN_BYTES = 8_192;
let drawn = Buffer.alloc(0);
let used = 0;

/** Random bytes, none given twice. They are drawn in plenty: a draw costs more than the cipher does. */
function someRandom(length: number): Buffer {
  if (used + length > drawn.length) {
    drawn = randomBytes(DRAWN_BYTES);
    used = 0;
  }
  used += length;
  return drawn.subarray(used - length, used);
}

function plaintext(box: SealedBox, key: DataKey, place: BoxPlace): { fields: Texts; seed: string } {
  if (box.kid !== key.kid)
    throw new BoxBroken(`box of key ${box.kid} cannot be opened with ${key.kid}`);
  const bytes = Buffer.from(box.ct, 'base64url');
  // Other spellings of the same bytes would be other facts with one content.
  if (bytes.toString('base64url') !== box.ct) throw new BoxBroken('ct is no canonical base64url');
  const body = bytes.subarray(0, -TAG_BYTES);
  try {
    const iv = Buffer.from(box.iv, 'base64url');
    // Without the length, a tag cut short would do.
    const opener = createDecipheriv('aes-256-gcm', key.box, iv, { authTagLength: TAG_BYTES });
    opener.setAAD(Buffer.from(aad(place, key.kid), 'utf8'));
    opener.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([opener.update(body), opener.final()]).toString('utf8');
    return JSON.parse(plain) as { fields: Texts; seed: string };
  } catch {
    throw new BoxBroken('box does not open: wrong key, wrong place or changed bytes');
  }
}
