import type { DataKey, SealedBox } from '../events/sealing.ts';

/** Persons, numbers, keys: what must be erasable, and therefore stands outside the ledger (contract, 4). */
export interface Vault {
  readonly ledgerId: string;

  /** The ledger's own key, for digests where no person is concerned. Never erased. */
  readonly ledgerKey: DataKey;

  /**
   * Takes a fresh key, leased to this process ahead of need and durable already: no flush in the path.
   * A key whose command came to nothing is given back with `giveBack`.
   */
  takeKey(): Promise<DataKey>;
  giveBack(kid: string): void;

  /** The key, or why there is none. An erased key is dropped from memory within 60 s of any process' erasure. */
  key(kid: string): Promise<DataKey | 'erased' | 'unknown'>;

  /**
   * Notes keys that stand in facts, as reconciling finds them. A key never noted is taken for the unused rest of
   * its lease.
   *
   * @returns those of them that this vault neither has nor knows as erased
   */
  markUsed(kids: readonly string[]): Promise<string[]>;
  /**
   * Destroys the unused rest of leases whose term has passed. To be called only when every fact up to the head
   * was noted with `markUsed`; keys of reservations stay. Says how many keys were destroyed.
   */
  destroyUnused(): Promise<number>;

  /** The person to whom a sign-in is linked. */
  personOf(issuer: string, subject: string): Promise<string | undefined>;
  /** Links a sign-in to a person. @throws VaultRefused `sign-in-taken` when it is linked to another. */
  linkSignIn(issuer: string, subject: string, personId: string): Promise<void>;
  /** A person entered before any registration (staff, a delegate); the same command gives the same id. */
  enterPerson(commandId: string): Promise<string>;

  /**
   * Reserves a membership number for a registration, in one transaction: mints (or takes) the person id and
   * the identity key. The same command finds its reservation again.
   * @throws VaultRefused `number-taken` | `number-erased`, `command-reused` when it reserved another number
   */
  reserve(request: { number: string; commandId: string; personId?: string }): Promise<Reservation>;
  /** Lets a reservation go, after `RegistrationAbandoned` took revision 0 of its stream. */
  release(commandId: string): Promise<void>;
  /** A number that a person had may be had again, where it is still theirs and not their present one. */
  releaseNumber(former: { number: string; personId: string; present: string }): Promise<void>;
  /**
   * Makes the row of a number again, as a registration or a correction in the ledger says it, where an older copy
   * of the vault came back without it; a number that is there, whosever it is, stays as it is.
   */
  remakeNumber(row: NumberRow): Promise<void>;
  /** Person with this (normalised) number, if known and not erased. */
  personByNumber(number: string): Promise<string | undefined>;
  /** Whether this (normalised) number was erased with its person: nobody can have it again. */
  numberErased(number: string): Promise<boolean>;
  /** HMAC of a (normalised) number and a row's text under the number key, cut to a UUIDv8: the key of a row that registers. */
  numberUuid(number: string, row: string): string;

  /**
   * Destroys keys and, of a person, sign-ins and row, in one transaction; nobody can have them afterwards. May be
   * repeated: the first `erasedBy` of a key stays; a kid that the vault never had is noted as erased all the same.
   * When the last bytes are gone is the adapter's to say (docs/adr/0003, 0021).
   *
   * @throws VaultRefused `erasure-unfinished`: destroyed, but bytes are left in the WAL; to be tried again
   */
  erase(request: { kids: string[]; erasedBy: string; personId?: string }): Promise<void>;
  /** Counts of keys by state, and the kids destroyed with the id of the `Erased` fact each. */
  erasedKids(): Promise<Map<string, string>>;

  /** Name and contact of persons as last sealed in the ledger: what the directory indexes in memory. */
  setDetails(details: ReadonlyMap<string, DirectoryEntry>): Promise<void>;
  allDetails(): Promise<Map<string, DirectoryEntry>>;

  /** How far vault and ledger have been reconciled. */
  checkpoint(): Promise<{ index: number; leaf: string } | undefined>;
  setCheckpoint(checkpoint: { index: number; leaf: string }): Promise<void>;

  /** One row for each opening of another's sealed data, all of them or none. */
  logAccess(entries: readonly AccessEntry[]): Promise<void>;
  accessLog(personId: string, limit: number): Promise<AccessEntry[]>;

  /** A secret kept wrapped (the local signing key), or undefined. */
  secret(name: string): Promise<Uint8Array | undefined>;
  /** Keeps a secret where there is none of this name, also when several ask at once. @returns the one that is kept */
  keepSecret(name: string, value: Uint8Array): Promise<Uint8Array>;

  close(): Promise<void>;
}

export interface Reservation {
  personId: string;
  key: DataKey;
}

export interface NumberRow {
  number: string;
  personId: string;
  commandId: string;
  /** The person's identity key. */
  kid: string;
  /** The number that this one took the place of. */
  instead?: string | undefined;
}

/** The sealed box of the last fact that told a person's details, and where it stands. */
export interface DirectoryEntry {
  stream: string;
  eventId: string;
  box: SealedBox;
}

export interface AccessEntry {
  /** UTC, milliseconds. */
  at: string;
  actor: string;
  subject: string;
  /** A code of the header `Access-Reason`; of a verb that opens, the one that it has. */
  reason: string;
  /** The operation by its id. */
  operation: string;
}

/** Evidence files: sealed bytes named by their own SHA-256 (hex), on disk before the fact. */
export interface EvidenceStore {
  /** Seals and stores durably; AAD binds to ledger, stream, evidence id and kid. */
  put(file: {
    bytes: Uint8Array;
    key: DataKey;
    place: EvidencePlace;
  }): Promise<{ blob: string; size: number }>;
  /** @throws VaultRefused `evidence-missing` | `evidence-broken` */
  get(blob: string, key: DataKey, place: EvidencePlace): Promise<Uint8Array>;
  /** Whether the bytes are there and are those that the name says: it takes no key. */
  state(blob: string): Promise<'whole' | 'missing' | 'broken'>;
  delete(blob: string): Promise<void>;
  list(): Promise<string[]>;

  /** Files that were stored before a time (UTC). */
  storedBefore(instant: string): Promise<string[]>;
  /** Moves a file out of the way, to be brought back or deleted later. */
  setAside(blob: string, instant: string): Promise<void>;
  listAside(): Promise<string[]>;
  bringBack(blob: string): Promise<void>;
  /** Deletes what was set aside before a time, and files half written before it. @returns the files set aside */
  deleteAside(instant: string): Promise<string[]>;
}

export interface EvidencePlace {
  ledgerId: string;
  stream: string;
  evidenceId: string;
}

export type VaultRefusal =
  | 'number-taken'
  | 'number-erased'
  | 'command-reused'
  | 'sign-in-taken'
  | 'erasure-unfinished'
  | 'other-ledger'
  | 'wrong-wrapping-key'
  | 'evidence-missing'
  | 'evidence-broken';

export class VaultRefused extends Error {
  override name = 'VaultRefused';
  readonly code: VaultRefusal;
  constructor(code: VaultRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/** A vault that stands elsewhere cannot be reached, does not answer in time, or refuses this process. */
export class VaultUnavailable extends Error {
  override name = 'VaultUnavailable';
}
