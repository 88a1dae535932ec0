import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { after, afterEach, before, describe, it } from 'mocha';
import { Problem } from '../../src/http/problem.ts';
import { type Verify, verifyingTokens } from '../../src/http/sign-in.ts';

const issuer = 'https://issuer.example';
const audience = 'skills-ledger';
const MINUTE = 60;

/** A key pair of an issuer, and tokens under it. */
async function pair(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg } as JWK,
    token(claims: Record<string, unknown> = {}, from = Math.floor(Date.now() / 1_000)) {
      const all = { iss: issuer, aud: audience, sub: 'jane', exp: from + 60 * MINUTE, ...claims };
      return new SignJWT(all).setProtectedHeader({ alg, kid }).sign(privateKey);
    },
  };
}

async function codeOf(verify: Verify, token: string): Promise<string> {
  return verify(token).then(
    ({ subject }) => `signed in as ${subject}`,
    (error: unknown) =>
      error instanceof Problem ? `${error.status} ${error.code}` : String(error),
  );
}

describe('a bearer token', () => {
  let ours: Awaited<ReturnType<typeof pair>>;
  let verify: Verify;
  before(async () => {
    ours = await pair('a');
    verify = verifyingTokens({ issuer, audience, keys: ours.jwk }, () => new Date().toISOString());
  });

  it('of the issuer, for this audience and in its time says who somebody is', async () => {
    expect(await codeOf(verify, await ours.token())).to.equal('signed in as jane');
  });

  const past = Math.floor(Date.now() / 1_000) - 10 * MINUTE;
  for (const [what, claims] of Object.entries({
    'that has ended': { exp: past },
    'whose time has not come': { nbf: past + 60 * MINUTE },
    'without an end': { exp: undefined },
    'of another issuer': { iss: 'https://other.example' },
    'for another audience': { aud: 'another-service' },
    'for nobody': { sub: undefined },
    'for an empty name': { sub: '' },
    'for a number': { sub: 42 },
    'for a list of names': { sub: ['jane', 'joe'] },
  })) {
    it(`${what} is refused`, async () => {
      expect(await codeOf(verify, await ours.token(claims))).to.equal('401 signed-out');
    });
  }

  it('that is not signed, or by another key, or under another algorithm, is refused', async () => {
    const unsigned = new UnsecuredJWT({ sub: 'jane' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime('1h')
      .encode();
    const other = await pair('a');
    // The public key taken for a shared secret: what a verifier that trusts the header would fall for.
    const confused = await new SignJWT({ sub: 'jane' })
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime('1h')
      .sign(Buffer.from(JSON.stringify(ours.jwk)));
    for (const token of [unsigned, await other.token(), confused, 'abc', 'a.b.c', '..']) {
      expect(await codeOf(verify, token)).to.equal('401 signed-out');
    }
  });

  it('that was taken once is not taken after its end', async () => {
    let time = Date.now();
    const following = verifyingTokens({ issuer, audience, keys: ours.jwk }, () =>
      new Date(time).toISOString(),
    );
    const token = await ours.token({ exp: Math.floor(time / 1_000) + MINUTE });
    expect(await codeOf(following, token)).to.equal('signed in as jane');
    time += 59_000;
    expect(await codeOf(following, token)).to.equal('signed in as jane');
    time += 2_000;
    expect(await codeOf(following, token)).to.equal('401 signed-out');
  });
});

describe('the keys of an issuer that is not the ledger', () => {
  let server: Server;
  let keys: URL;
  let answer: { status: number; body: string };
  let asked = 0;
  const clock = Date.now;
  before(async () => {
    server = createServer((_req, res) => {
      asked += 1;
      res.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keys = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
  });
  afterEach(() => {
    Date.now = clock;
    asked = 0;
  });
  after(() => server.close());

  const serves = (...jwks: JWK[]): void => {
    answer = { status: 200, body: JSON.stringify({ keys: jwks }) };
  };
  const verifying = (): Verify =>
    verifyingTokens({ issuer, audience, keys }, () => new Date(Date.now()).toISOString());

  it('are fetched, and once for many tokens', async () => {
    const key = await pair('a', 'EdDSA');
    serves(key.jwk);
    const verify = verifying();
    for (const sub of ['jane', 'joe', 'jane']) {
      expect(await codeOf(verify, await key.token({ sub }))).to.equal(`signed in as ${sub}`);
    }
    expect(asked).to.equal(1);
  });

  it('serve for 5 minutes at most after they were withdrawn, a token that was seen before included', async () => {
    const [old, next] = [await pair('old'), await pair('new')];
    serves(old.jwk);
    const verify = verifying();
    const started = clock();
    Date.now = () => started;
    expect(await codeOf(verify, await old.token({ sub: 'first' }))).to.equal('signed in as first');
    serves(next.jwk);
    // As late as the fetched keys serve, so that what is remembered of a token lasts longest.
    const seen = await old.token({ sub: 'jane' });
    Date.now = () => started + 2.4 * MINUTE * 1_000;
    expect(await codeOf(verify, seen)).to.equal('signed in as jane');
    Date.now = () => started + 5 * MINUTE * 1_000;
    expect(await codeOf(verify, seen)).to.equal('401 signed-out');
    expect(await codeOf(verify, await next.token())).to.equal('signed in as jane');
  });

  it('that cannot be had are told as such, and nobody is signed out for it', async () => {
    const key = await pair('a');
    for (const given of [
      { status: 500, body: 'down' },
      { status: 200, body: '<html>' },
      { status: 200, body: '{"keys":7}' },
    ]) {
      answer = given;
      expect(await codeOf(verifying(), await key.token())).to.equal('503 unavailable');
    }
    const nobody = new URL('http://127.0.0.1:9/jwks');
    const unreachable = verifyingTokens({ issuer, audience, keys: nobody }, () =>
      new Date().toISOString(),
    );
    expect(await codeOf(unreachable, await key.token())).to.equal('503 unavailable');
  });
});
