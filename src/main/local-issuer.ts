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
  const secret =
    kept === undefined ? await makeKey(vault) : (JSON.parse(Buffer.from(kept).toString()) as JWK);
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

async function makeKey(vault: Vault): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  await vault.setSecret(SECRET, Buffer.from(JSON.stringify(jwk)));
  return jwk;
}

const TWELVE_HOURS = 12 * 3_600;
