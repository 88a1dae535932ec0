/** How long an issuer may take to give its keys at a start, in ms. */
const WAIT_MS = 5_000;

/** Why nobody could sign in now by the keys at this address; undefined where a key set is there (RFC 7517). */
export async function issuerUnheard(jwks: string): Promise<string | undefined> {
  try {
    const answer = await fetch(jwks, { signal: AbortSignal.timeout(WAIT_MS) });
    if (!answer.ok) return `it answers with ${answer.status}`;
    const set = (await answer.json()) as { keys?: unknown } | null;
    return Array.isArray(set?.keys) ? undefined : 'it answers with no key set';
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}
