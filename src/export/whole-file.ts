import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';

/** Where the bytes of an export go, in order; resolves when there is room for more. */
export interface Sink {
  write(chunk: Uint8Array | string): Promise<void>;
}

/** No file can be made there; the message says what was named and why not. */
export class NoSuchPlace extends Error {
  override name = 'NoSuchPlace';
}

/**
 * Writes a file that is there as a whole or not at all: beside its place, flushed, and then renamed. A file that
 * stands there is replaced at the end; where writing fails, nothing has changed.
 *
 * @throws NoSuchPlace when no file can be made at `path`
 */
export async function wholeFile<Told>(
  path: string,
  write: (sink: Sink) => Promise<Told>,
): Promise<Told> {
  return besideAndRenamed(path, (_, file) =>
    write({ write: async (chunk) => void (await file.writeFile(chunk)) }),
  );
}

/** The same for what is written by path: the file `beside` is there, and empty. @throws NoSuchPlace */
export async function besideAndRenamed<Told>(
  path: string,
  write: (beside: string, file: FileHandle) => Promise<Told>,
): Promise<Told> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await opened(path, beside);
  try {
    const told = await write(beside, file);
    await file.sync();
    await file.close();
    await rename(beside, path);
    return told;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

async function opened(path: string, beside: string): Promise<FileHandle> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new NoSuchPlace(`${path} is a folder: the path of a file is expected`);
  }
  try {
    return await open(beside, 'wx');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NoSuchPlace(
      `no file can be made at ${path} (${code}): a folder that can be written to is expected`,
    );
  }
}
