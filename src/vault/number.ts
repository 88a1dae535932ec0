import { createHmac, type KeyObject } from 'node:crypto';
import { keyedUuid } from '../events/sealing.ts';

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
  /** Of the normalised number and the text of a row about it, cut to a UUIDv8. */
  ofRow(number: string, row: string): string;
}

/** Keyed hashes under the vault's number key: HMAC-SHA256 over a word for the purpose, '/' and the text. */
export function numberKey(key: KeyObject): NumberKey {
  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', key).update(`${purpose}/${text}`).digest();
  return {
    ofNumber: (number) => mac('number', normalisedNumber(number)),
    ofSignIn: (issuer, subject) => mac('sign-in', JSON.stringify([issuer, subject])),
    ofRow: (number, row) =>
      keyedUuid(key, `row/${JSON.stringify([normalisedNumber(number), row])}`),
  };
}
