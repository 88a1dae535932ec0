import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Words that stand nowhere by chance, one for each place where people type. */
export function makeCanaries(): {
  plant(where: string): string;
  planted: ReadonlyMap<string, string>;
} {
  const planted = new Map<string, string>();
  return {
    planted,
    plant(where) {
      const word = `QXCANARY${planted.size}ZV`;
      planted.set(where, word);
      return word;
    },
  };
}

/** A word as bytes, in every way in which it might have been written down. */
function formsOf(word: string): [string, Buffer][] {
  const cases = [word, word.toLowerCase()];
  return cases.flatMap((text): [string, Buffer][] => [
    ['UTF-8', Buffer.from(text, 'utf8')],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(text, 'utf16le').swap16()],
    ['hex', Buffer.from(Buffer.from(text).toString('hex'))],
    // Of base64 the middle, whatever stood before the word.
    ...[0, 1, 2].map((before): [string, Buffer] => [
      `base64 after ${before}`,
      Buffer.from(
        Buffer.from(`${'x'.repeat(before)}${text}`)
          .toString('base64')
          .slice(4, -4),
      ),
    ]),
  ]);
}

/** Which canaries sing in `bytes`, and how they are written. */
export function singingIn(bytes: Uint8Array, planted: ReadonlyMap<string, string>): string[] {
  const buffer = Buffer.from(bytes);
  return [...planted].flatMap(([where, word]) =>
    formsOf(word)
      .filter(([, form]) => buffer.includes(form))
      .map(([how]) => `${where}, in ${how}`),
  );
}

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Which canaries sing in which file of a ledger; the vault's own files apart. */
export function singingBelow(folder: string, planted: ReadonlyMap<string, string>): string[] {
  return filesBelow(folder)
    .filter((path) => !/\/keys\.db(-wal|-shm)?$/.test(path))
    .flatMap((path) => singingIn(readFileSync(path), planted).map((what) => `${path}: ${what}`));
}
