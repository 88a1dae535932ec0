import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The wrapping key cannot be had: the message says what would be right. It never holds the key. */
export class WrappingKeyRefused extends Error {
  override name = 'WrappingKeyRefused';
}

const KEY = /^[A-Za-z0-9_-]{43}$/;

/**
 * The key that wraps the vault's keys: as given (`LEDGER_KEY`), else from a file of mode 0600, which is made
 * when absent. Whoever makes it first wins; a second process reads what is there.
 *
 * @param source `given` and the file's text are 32 bytes in base64url without padding
 * @throws WrappingKeyRefused on a key of another form or a file that others may read
 */
export function readWrappingKey(source: { given?: string | undefined; file: string }): Uint8Array {
  if (source.given !== undefined) return parsed(source.given, 'LEDGER_KEY');
  if (statSync(source.file, { throwIfNoEntry: false }) === undefined) make(source.file);
  const { mode } = statSync(source.file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const found = (mode & 0o777).toString(8).padStart(4, '0');
    throw new WrappingKeyRefused(
      `${source.file} has mode ${found}, others may read it: \`chmod 600\` would be right`,
    );
  }
  return parsed(readFileSync(source.file, 'utf8').trim(), source.file);
}

function parsed(text: string, where: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url');
  // The last of 43 characters carries four bits: another spelling of the same bytes is a slip of the pen.
  if (!KEY.test(text) || bytes.toString('base64url') !== text) {
    throw new WrappingKeyRefused(
      `${where} is no wrapping key: 32 bytes in base64url without padding (43 characters) would be right`,
    );
  }
  return bytes;
}

/** Written and flushed under another name first: a key half written would lose every key under it. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  flushFolder(dirname(file));
}

/** Makes the names in a folder durable. Windows knows no such thing and opens no folder. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
