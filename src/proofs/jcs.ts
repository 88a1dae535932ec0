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
      return value === 0 ? '0' : String(value);
    case 'object':
      if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
      if (value !== null) return object(value as Record<string, unknown>);
      throw new TypeError('null has no canonical form here: absent is absent');
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate is not well-formed');
  return JSON.stringify(value);
}

function object(value: Record<string, unknown>): string {
  const keys = Object.keys(value).sort();
  let out = '';
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${text(key)}:${canonical(member)}`;
  }
  return `{${out}}`;
}
