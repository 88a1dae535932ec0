import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { DataKey } from '../events/sealing.ts';
import { DATA_KEY_BYTES, dataKey, IV_BYTES, type Wrapping } from './wrapping.ts';

/** A key as a vault stores it. */
export interface MintedKey {
  kid: string;
  wrapped: Uint8Array;
}

/** Keys leased to this process and not yet used. */
export interface KeyPool {
  /** A key that is durable already; none is ever taken twice but after `giveBack`. */
  take(): Promise<DataKey>;
  giveBack(kid: string): void;
  /** Drops an erased key from memory: it is neither handed out nor taken back. */
  forget(kid: string): void;
  /** Ends the lease. @returns the kids that nobody took */
  end(): string[];
}

export interface PoolOptions {
  wrapping: Wrapping;
  /** Stores a batch durably before it returns or resolves. */
  store(keys: MintedKey[]): void | Promise<void>;
  /** Age at which this process stops using its batch, in ms; it must end well before the vault's own term. */
  retireAfterMs: number;
}

const KID_BYTES = 16;
const BATCH = 256;
/** So many are made between two turns of the event loop: about a millisecond. */
const SLICE = 64;
/** A fresh batch is minted while so many are left: at 2,000 keys a second, 60 ms ahead. */
const REFILL_AT = 128;
/** Kids taken lately, the only ones that can be given back. */
const REMEMBERED = 1_000;

/** Mints keys in batches ahead of need: one flush for 256 keys, and none in the path of a command. */
export function createKeyPool(options: PoolOptions): KeyPool {
  let ready: DataKey[] = [];
  let retired: string[] = [];
  let mintedAt = 0;
  let minting: Promise<void> | undefined;
  const taken = new Map<string, DataKey>();

  const mint = async (): Promise<void> => {
    const batch: ReturnType<typeof mintSlice> = [];
    while (batch.length < BATCH) {
      batch.push(...mintSlice(options.wrapping));
      await turn();
    }
    await options.store(batch.map(({ kid, wrapped }) => ({ kid, wrapped })));
    mintedAt = performance.now();
    ready = batch.map(({ key }) => key).concat(ready);
  };
  const mintOnce = (): Promise<void> => {
    minting ??= mint().finally(() => {
      minting = undefined;
    });
    return minting;
  };
  const mintLater = (): void => {
    // What fails here fails again, and is told, when the pool is empty.
    setImmediate(() => void mintOnce().catch(() => undefined));
  };

  return {
    async take() {
      if (ready.length > 0 && performance.now() - mintedAt > options.retireAfterMs) {
        retired = retired.concat(ready.map(({ kid }) => kid));
        ready = [];
      }
      while (ready.length === 0) await mintOnce();
      if (ready.length === REFILL_AT) mintLater();
      const key = ready.pop() as DataKey;
      if (taken.size === REMEMBERED) taken.delete(taken.keys().next().value as string);
      taken.set(key.kid, key);
      return key;
    },
    giveBack(kid) {
      const key = taken.get(kid);
      if (!taken.delete(kid) || key === undefined) return;
      ready.push(key);
    },
    forget(kid) {
      taken.delete(kid);
      ready = ready.filter((key) => key.kid !== kid);
    },
    end() {
      const unused = retired.concat(ready.map(({ kid }) => kid));
      ready = [];
      retired = [];
      return unused;
    },
  };
}

/** Drawn at once, since draws cost most of a key. `dataKey` overwrites what was drawn. */
function mintSlice(wrapping: Wrapping): (MintedKey & { key: DataKey })[] {
  const length = KID_BYTES + IV_BYTES + DATA_KEY_BYTES;
  const random = randomBytes(SLICE * length);
  return Array.from({ length: SLICE }, (_, number) => {
    const own = random.subarray(number * length, (number + 1) * length);
    const kid = own.toString('base64url', 0, KID_BYTES);
    const iv = own.subarray(KID_BYTES, KID_BYTES + IV_BYTES);
    const bytes = own.subarray(KID_BYTES + IV_BYTES);
    const wrapped = wrapping.wrap(`key/${kid}`, bytes, iv);
    return { kid, wrapped, key: dataKey(kid, bytes) };
  });
}
