import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Vault } from '../vault/vault.ts';

/** The ledger as its own issuer of tokens, with a key made at first start and kept wrapped in the vault. */
export interface LocalIssuer {
  issuer: 'local';
  audience: string;
  /** The public key, for the server to verify with. */
  publicKey: JWK;
  /** A token that says who, and nothing of what they may do; it ends after 12 hours. */
  mint(subject: string): Promise<string>;
}

const SECRET = 'local-signing-key';
const ALGORITHM = 'EdDSA';

/** Opens the local issuer, making its key where there is none. */
export async function openLocalIssuer(
  vault: Vault,
  audience: string,
  now: () => string,
): Promise<LocalIssuer> {
  const kept = await vault.secret(SECRET);
  const secret = JSON.parse(Buffer.from(kept ?? (await makeKey(vault))).toString()) as JWK;
  const key = await importJWK(secret, ALGORITHM);
  const { d: _private, ...publicKey } = secret;
  return {
    issuer: 'local',
    audience,
    publicKey,
    async mint(subject) {
      const issuedAt = Math.floor(Date.parse(now()) / 1_000);
      return new SignJWT({})
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer('local')
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + TWELVE_HOURS)
        .sign(key);
    },
  };
}

/** Of two processes that begin at once, both take the key of the first. */
async function makeKey(vault: Vault): Promise<Uint8Array> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return vault.keepSecret(SECRET, Buffer.from(JSON.stringify(jwk)));
}

const TWELVE_HOURS = 12 * 3_600;
