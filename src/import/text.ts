import { ImportError } from './problem.ts';

/** A file's text, and in which encoding it was read. */
export interface FileText {
  text: string;
  encoding: 'UTF-8' | 'Windows-1252';
}

/**
 * The text of a CSV file: UTF-8, with or without a byte order mark, or else Windows-1252, as a spreadsheet saves it.
 *
 * @throws ImportError for UTF-16, for a workbook and for anything else that holds a zero byte
 */
export function decodeText(bytes: Uint8Array): FileText {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) {
    throw new ImportError('this is a workbook (or a zip): save it as "CSV UTF-8" first');
  }
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new ImportError('this file is UTF-16: save it as "CSV UTF-8"');
  }
  if (bytes.includes(0)) throw new ImportError('this is no text: a CSV file is expected');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, encoding: 'UTF-8' };
  } catch {
    return { text: windows1252(bytes), encoding: 'Windows-1252' };
  }
}

/** Where Windows-1252 differs from Latin-1: bytes 80 to 9F, with a control character where it has none. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Not by `TextDecoder`: in some versions of Node its windows-1252 is Latin-1. */
function windows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replace(/[\x80-\x9f]/g, (character) => HIGH[character.charCodeAt(0) - 0x80] ?? '');
}
