/** A value that JSON can carry without loss under the event contract: no null, numbers are safe integers. */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };

/**
 * The canonical text of a value, by RFC 8785 (JCS) restricted to what the event contract allows:
 * numbers are safe integers, text is well-formed, members that are `undefined` are absent.
 * Keys are sorted by UTF-16 code units (RFC 8785, 3.2.3).
 *
 * @throws TypeError on null, a fraction, an unsafe integer, a lone surrogate, or anything not JSON.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`);
      return `${value}`;
    case 'object':
      if (Array.isArray(value)) return array(value);
      if (value !== null) return object(value as Record<string, unknown>);
      throw new TypeError('null has no canonical form here: absent is absent');
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

// Called a hundred times a claim: what follows is written for speed, in the plainest way
// that has it.

/** What JSON escapes, and surrogates, which may be lone. */
const UNUSUAL = /["\\\u0000-\u001f\ud800-\udfff]/;

function text(value: string): string {
  if (!UNUSUAL.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate is not well-formed');
  return JSON.stringify(value);
}

function array(values: readonly unknown[]): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i === 0 ? '' : ',') + canonical(values[i]);
  return `${out}]`;
}

function object(value: Record<string, unknown>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('only plain objects are JSON');
  }
  let out = '{';
  for (const key of sorted(Object.keys(value))) {
    const member = value[key];
    if (member !== undefined) out += `${out === '{' ? '' : ','}${text(key)}:${canonical(member)}`;
  }
  return `${out}}`;
}

/** Objects of facts have few keys, mostly in order: inserting beats the general sort there. */
const FEW = 32;

function sorted(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let at = i - 1;
    for (; at >= 0 && (keys[at] as string) > key; at--) keys[at + 1] = keys[at] as string;
    keys[at + 1] = key;
  }
  return keys;
}
