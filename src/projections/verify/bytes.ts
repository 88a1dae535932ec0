import { canonical } from '../../proofs/jcs.ts';

/**
 * What keeps a text, and the value parsed from it, from being bytes as the contract wants them (contract, 3):
 * RFC 8785, integers within +-(2^53-1), no null, text in NFC without control characters but tab and newline.
 * Undefined: nothing.
 */
export function wrongBytes(text: string, value: unknown): string | undefined {
  if (text.includes('\\') || endOf(value, text, 0) !== text.length) {
    const wrong = wrongCanonical(text, value);
    if (wrong !== undefined) return wrong;
  }
  return BEYOND_ASCII.test(text) ? wrongText(text) : undefined;
}

/**
 * Where in a text without escapes the canonical text of a value ends that begins at `at`; -1 where something
 * else stands there. The canonical text is compared piece by piece and never made: in half the time.
 */
function endOf(value: unknown, text: string, at: number): number {
  switch (typeof value) {
    case 'string':
      return endOfString(value, text, at);
    case 'number': {
      const digits = String(value);
      return Number.isSafeInteger(value) && text.startsWith(digits, at) ? at + digits.length : -1;
    }
    case 'boolean':
      return text.startsWith(String(value), at) ? at + String(value).length : -1;
    case 'object':
      if (value === null) return -1;
      return Array.isArray(value)
        ? endOfArray(value, text, at)
        : endOfObject(value as Record<string, unknown>, text, at);
    default:
      return -1;
  }
}

function endOfString(value: string, text: string, at: number): number {
  const end = at + 1 + value.length;
  const there =
    text.charCodeAt(at) === QUOTE &&
    text.startsWith(value, at + 1) &&
    text.charCodeAt(end) === QUOTE;
  return there ? end + 1 : -1;
}

function endOfArray(items: readonly unknown[], text: string, at: number): number {
  let end = at;
  for (let n = 0; n < items.length; n++) {
    if (text.charCodeAt(end) !== (n === 0 ? OPEN_ARRAY : COMMA)) return -1;
    end = endOf(items[n], text, end + 1);
    if (end < 0) return -1;
  }
  if (items.length === 0 && text.charCodeAt(end++) !== OPEN_ARRAY) return -1;
  return text.charCodeAt(end) === CLOSE_ARRAY ? end + 1 : -1;
}

function endOfObject(object: Record<string, unknown>, text: string, at: number): number {
  let end = at;
  let before: string | undefined;
  for (const key in object) {
    if (text.charCodeAt(end) !== (before === undefined ? OPEN_OBJECT : COMMA)) return -1;
    if (before !== undefined && key <= before) return -1;
    end = endOfString(key, text, end + 1);
    if (end < 0 || text.charCodeAt(end) !== COLON) return -1;
    end = endOf(object[key], text, end + 1);
    if (end < 0) return -1;
    before = key;
  }
  if (before === undefined && text.charCodeAt(end++) !== OPEN_OBJECT) return -1;
  return text.charCodeAt(end) === CLOSE_OBJECT ? end + 1 : -1;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What has escapes, or keys that look like array indexes, or is wrong: against the canonical text made anew. */
function wrongCanonical(text: string, value: unknown): string | undefined {
  const wrong = wrongValue(value) ?? wrongEscape(text);
  if (wrong !== undefined) return wrong;
  return canonical(value) === text
    ? undefined
    : 'is not canonical: it is not the text that RFC 8785 gives for its value';
}

/** Anything but printable ASCII; U+007F to U+009F are control characters that JSON does not escape. */
const BEYOND_ASCII = /[^\u0020-\u007e]/;
const RAW_CONTROL = /[\u007f-\u009f]/;
/** The escapes of RFC 8785 that stand for text which the contract allows: quote, backslash, tab, newline. */
const ESCAPES = /\\(.)/g;

function wrongText(text: string): string | undefined {
  if (RAW_CONTROL.test(text)) return 'has a control character in its text';
  return text.normalize('NFC') === text ? undefined : 'has text that is not in Unicode form NFC';
}

function wrongEscape(text: string): string | undefined {
  for (const [, escaped] of text.matchAll(ESCAPES)) {
    if (escaped === '"' || escaped === '\\' || escaped === 't' || escaped === 'n') continue;
    return `has the escape \\${escaped}: a control character, a lone surrogate, or what needs no escape`;
  }
  return undefined;
}

function wrongValue(value: unknown): string | undefined {
  if (value === null) return 'has a null: what is absent is left out';
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return `has the number ${value}: an integer within +-(2^53-1) is expected`;
  }
  if (typeof value !== 'object') return undefined;
  for (const member of Object.values(value)) {
    const wrong = wrongValue(member);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
