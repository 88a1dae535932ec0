import { createHmac, type KeyObject } from 'node:crypto';

/**
 * A membership number as it is compared: NFC, upper case, without white space and hyphens of any kind, so that
 * `ab-12 34`, ` AB1234 ` and `Ab‑1234` are one number. Leading zeros count: they are part of a number.
 */
export function normalisedNumber(number: string): string {
  return number
    .normalize('NFC')
    .toUpperCase()
    .normalize('NFC')
    .replace(/[\s\u00ad\u200b\p{Pd}]+/gu, '');
}

/** Keyed hashes of what names a person: nobody without the number key can look up a number or a sign-in. */
export interface NumberKey {
  /** Of the normalised number. */
  ofNumber(number: string): Uint8Array;
  ofSignIn(issuer: string, subject: string): Uint8Array;
  /** Cut to a UUIDv8 (RFC 9562, 5.8). */
  uuid(text: string): string;
}

/** Keyed hashes under the vault's number key: HMAC-SHA256 over a word for the purpose, '/' and the text. */
export function numberKey(key: KeyObject): NumberKey {
  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', key).update(`${purpose}/${text}`).digest();
  return {
    ofNumber: (number) => mac('number', normalisedNumber(number)),
    ofSignIn: (issuer, subject) => mac('sign-in', JSON.stringify([issuer, subject])),
    uuid: (text) => uuid8(mac('uuid', text)),
  };
}

function uuid8(bytes: Buffer): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
