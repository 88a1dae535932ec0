import { statement } from '../src/scheme/statement.ts';
import { historyOf, published, SCHEME } from '../test/support/member-history.ts';
import { bookOf } from '../test/support/small-book.ts';
import { median, type Result } from './measure.ts';

const CLAIMS = 500;
const ROUNDS = 9;

/** The statement of a member with 500 claims, against JSON.parse of the facts as they are stored, boxes shut. */
export async function stating(): Promise<Result[]> {
  const limits = [
    {
      name: 'third',
      of: { categories: ['read'] },
      per: 'cycle',
      most: { share: '1/3', of: 'target' },
    },
  ];
  const books = published(['2000-01-01', bookOf({ limits, carry: { name: 'on', of: {} } })]);
  const member = historyOf(books, '2020-01-01');
  for (let n = 0; n < CLAIMS; n++) {
    const day = new Date(Date.UTC(2020, 0, 2 + n * 4)).toISOString().slice(0, 10);
    member.did({ kind: n % 2 === 0 ? 'talk' : 'read', amount: 60, on: day });
  }
  const texts = member.facts.map((fact) => JSON.stringify(asStored(fact)));
  const wanted = { scheme: SCHEME, on: '2025-06-26', zone: 'Europe/London' };
  const ours = () => statement(books, member.facts, wanted);
  const bare = () => texts.map((text) => JSON.parse(text) as unknown);
  const rounds = Array.from({ length: ROUNDS }, () => best(ours) / best(bare));
  return [
    {
      name: 'statement',
      what: `statement of ${CLAIMS} claims, against JSON.parse of its facts as stored`,
      ratio: median(rounds),
      aim: 3,
      atMost: true,
      rounds,
      beside: `${best(ours).toFixed(1)} ms a statement`,
    },
  ];
}

/** With the envelope that every fact has, and the sealed box of a claim with a short title. */
function asStored(fact: { type: string; data: object; metadata: object }): object {
  const id = '0b0e4f5c-5b1c-5d1d-8d1c-4a5b6c7d8e9f';
  const [kid, mac] = ['AAECAwQFBgcICQoLDA0ODw', 'x'.repeat(43)];
  const box = {
    v: 1,
    alg: 'A256GCM',
    kid,
    iv: 'x'.repeat(16),
    ct: 'x'.repeat(363),
    c: { title: mac },
  };
  const data = fact.type === 'Claimed' ? { ...fact.data, sealed: [box] } : fact.data;
  const actor = { id, role: 'member' };
  const ids = { commandId: id, correlationId: id, schemaVersion: 1 };
  return {
    ...fact,
    data,
    metadata: { ...fact.metadata, ...ids, commandDigest: { kid, mac }, actor },
  };
}

/** The shortest of several runs, in milliseconds. */
function best(run: () => unknown): number {
  const times = Array.from({ length: 10 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}
