import { canonical } from '../../proofs/jcs.ts';

/**
 * What keeps a text, and the value parsed from it, from being bytes as the contract wants them (contract, 3):
 * RFC 8785, integers within +-(2^53-1), no null, text in NFC without control characters but tab and newline.
 *
 * The engine's own `JSON.stringify` writes numbers and strings as RFC 8785 does and keeps the order of keys,
 * so a text is canonical when it comes back as it was and its keys ascend. Where it does not come back, as with
 * keys that look like array indexes, the canonical text made anew decides.
 */
export function wrongBytes(text: string, value: unknown): string | undefined {
  const wrong = wrongValue(value);
  if (wrong !== undefined) return wrong;
  // Only where there is an escape can a lone surrogate or a control character have got through.
  const escaped = text.includes('\\') ? wrongEscape(text) : undefined;
  if (escaped !== undefined) return escaped;
  if (JSON.stringify(value) !== text && canonical(value) !== text) {
    return 'is not canonical: it is not the text that RFC 8785 gives for its value';
  }
  return BEYOND_ASCII.test(text) ? wrongText(text) : undefined;
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
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value)
        ? undefined
        : `has the number ${value}: an integer within +-(2^53-1) is expected`;
    case 'object':
      if (value === null) return 'has a null: what is absent is left out';
      return Array.isArray(value)
        ? wrongItem(value)
        : wrongMember(value as Record<string, unknown>);
    default:
      return undefined;
  }
}

function wrongItem(items: readonly unknown[]): string | undefined {
  for (const item of items) {
    const wrong = wrongValue(item);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongMember(object: Record<string, unknown>): string | undefined {
  let before = '';
  let ascends = true;
  for (const key in object) {
    if (key < before) ascends = false;
    before = key;
    const wrong = wrongValue(object[key]);
    if (wrong !== undefined) return wrong;
  }
  return ascends || hasIndexKey(object) ? undefined : 'is not canonical: its keys do not ascend';
}

/** Keys that look like array indexes come first, whatever the text says. */
function hasIndexKey(object: Record<string, unknown>): boolean {
  return Object.keys(object).some((key) => /^\d+$/.test(key));
}
