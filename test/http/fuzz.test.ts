import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { z } from 'zod';
import type { Operation } from '../../src/http/operation.ts';
import { operations } from '../../src/http/table.ts';
import { startSociety, type TestSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { sampleOf } from './arbitrary.ts';

const RUNS = 12;
const takesJson = operations.filter(({ body }) => body !== undefined);

/** A body that looks right but for one thing: nothing that follows the schema comes through. */
function spoiled(row: Operation): fc.Arbitrary<string> {
  const right = sampleOf(
    z.toJSONSchema(row.body as z.ZodType, { io: 'input', unrepresentable: 'any' }),
  );
  return fc.oneof(
    right.map((value) => JSON.stringify({ ...(value as object), unheard: 'of' })),
    fc.constantFrom('null', '[]', '"text"', '7', 'true', '-0', '1e999'),
    fc.constantFrom('{', '{"a":}', '\u0000', '{"a":1}}', "{'a':1}", '\ufeff{}x'),
    fc.nat(200).map((depth) => `${'['.repeat(depth + 1)}${']'.repeat(depth + 1)}`),
    fc.json().map((text) => `{"__proto__":${text},"constructor":${text}}`),
    right.map((value) => JSON.stringify(broken(value))),
    fc.constant(JSON.stringify({ text: 'x'.repeat(3_000_000) })),
  );
}

/** Every text with a control character and a lone surrogate, every number far out. */
function broken(value: unknown): unknown {
  if (typeof value === 'string') return `${value}\u0007\ud800`;
  if (typeof value === 'number') return Number.MAX_VALUE;
  if (Array.isArray(value)) return value.length === 0 ? ['\ud800'] : value.map(broken);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return entries.length === 0
    ? { unheard: 'of' }
    : Object.fromEntries(entries.map(([name, entry]) => [name, broken(entry)]));
}

describe('bad input', () => {
  let society: TestSociety;
  before(async () => {
    society = await startSociety(tempDir());
  });
  after(() => society.close());

  const pathOf = (row: Operation): string =>
    row.path
      .replace('{member}', society.people.member)
      .replace('{scheme}', society.scheme)
      .replace('{organisation}', society.council)
      .replace(/\{\w+\}/g, () => v4());

  const clientFor = (row: Operation) =>
    row.may.includes('admin') || row.may.includes('signed-in')
      ? society.clients.admin
      : row.may.includes('own')
        ? society.clients.member
        : society.clients.assessor;

  for (const row of takesJson) {
    it(`never breaks ${row.id}, and leaves nothing behind`, async () => {
      const before = await society.ledger.store.head();
      await fc.assert(
        fc.asyncProperty(spoiled(row), async (body) => {
          const { status, body: said } = await clientFor(row).send(pathOf(row), {
            method: 'POST',
            body,
            headers: {
              'Content-Type': 'application/json',
              'Idempotency-Key': v4(),
              'Access-Reason': 'support',
            },
          });
          expect(status).to.be.within(400, 499);
          expect(said.code).to.be.a('string');
        }),
        { numRuns: RUNS },
      );
      expect(await society.ledger.store.head()).to.deep.equal(before);
    });
  }

  it('in path, query and headers is told, on every route', async () => {
    const strange = ['%00', '..%2f..', "';drop", 'a'.repeat(2_000), '%ff', '%E0%A4%A'];
    for (const row of operations.filter(({ path }) => path !== '/metrics')) {
      for (const text of strange) {
        const path = `${row.path.replace(/\{\w+\}/g, text)}?limit=${text}&cursor=${text}&asOf=${text}`;
        const init: RequestInit = { method: row.method.toUpperCase() };
        if (row.method === 'post') init.body = '{}';
        const headers = { 'If-Match': text, 'Ledger-At-Least': text, 'Idempotency-Key': text };
        const { status } = await clientFor(row).send(path, {
          ...init,
          headers: { 'Content-Type': 'application/json', ...headers },
        });
        expect(status, `${row.id} ${text}`).to.be.lessThan(500);
      }
    }
  });

  it('of another media type, another method, or at no address is a problem too', async () => {
    const claims = `/v1/members/${society.people.member}/claims`;
    const { member } = society.clients;
    const typed = await member.send(claims, {
      method: 'POST',
      body: 'a=b',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect([typed.status, typed.body.code]).to.deep.equal([415, 'media-type-wrong']);
    const put = await member.send(claims, { method: 'PUT', body: '{}' });
    expect([put.status, put.body.code, put.headers.get('allow')]).to.deep.equal([
      405,
      'method-wrong',
      'POST, GET, HEAD',
    ]);
    const nowhere = await member.get('/v2/anything');
    expect([nowhere.status, nowhere.body.code]).to.deep.equal([404, 'not-found']);
    expect(nowhere.headers.get('content-type')).to.contain('application/problem+json');
    const head = await member.send(claims, { method: 'HEAD' });
    expect(head.status).to.equal(200);
  });

  it('without an Idempotency-Key, or with one that is no UUID, is refused', async () => {
    const claims = `/v1/members/${society.people.member}/claims`;
    for (const key of ['', 'abc', v4().toUpperCase()]) {
      const answer = await society.clients.member.post(
        claims,
        { lines: [] },
        { 'Idempotency-Key': key },
      );
      expect([answer.status, answer.body.code].join()).to.match(
        /^(400,header-wrong|422,input-wrong)$/,
      );
    }
  });
});
