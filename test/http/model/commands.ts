import { expect } from 'chai';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { made } from '../../support/society.ts';
import * as claims from './claims.ts';
import { type Expected, type Model, type ModelClaim, ofKey } from './model.ts';
import { act, agree, type Real } from './real.ts';

export type Step = fc.AsyncCommand<Model, Real>;

/** A step by its name; after each one everything is compared. */
function step(
  name: string,
  may: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Step {
  return {
    check: may,
    async run(model, real) {
      await run(model, real);
      await agree(real, model);
    },
    toString: () => name,
  };
}

const some = fc.nat(1_000);
const always = (): boolean => true;

function pick<T>(items: readonly T[], at: number): T {
  return items[at % items.length] as T;
}

/** A step on some claim of those that it fits. */
function onClaim<Args extends object>(
  name: string,
  args: fc.Arbitrary<Args>,
  run: (claim: ModelClaim, args: Args, model: Model, real: Real) => Promise<void>,
  fits: (claim: ModelClaim) => boolean = always,
): fc.Arbitrary<Step> {
  return fc.tuple(some, args).map(([at, given]) =>
    step(
      `${name} ${at} ${JSON.stringify(given)}`,
      (model) => model.claims.some(fits),
      (model, real) => run(pick(model.claims.filter(fits), at), given, model, real),
    ),
  );
}

const lines = fc.array(
  fc.record({ kind: fc.constantFrom('course', 'reading'), hours: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 3 },
);
const which = fc.record({ which: some, reject: fc.boolean() });
const revocation = fc.record({ which: some, ended: fc.boolean() });
const outcome = fc.record({
  which: some,
  won: fc.boolean(),
  second: fc.nat(3).map((n) => n > 0),
});

const claim = lines.map((asked) =>
  step(`claim ${JSON.stringify(asked)}`, always, (model, real) => claims.claim(model, real, asked)),
);

const bulk = fc.array(lines, { minLength: 1, maxLength: 3 }).map((asked) =>
  step(
    `bulk ${JSON.stringify(asked)}`,
    ({ erased }) => !erased,
    async (model, real) => {
      const commands = asked.map((of) => ({
        operation: 'claim',
        path: { member: real.member },
        body: claims.bodyOf(of),
        key: v4(),
      }));
      const { results } = await made(real.clients.member.post('/v1/bulk', { commands }));
      for (const [n, { status, body }] of results.entries()) {
        expect(status).to.equal(201);
        await claims.claimed(model, real, body.ids.claim, asked[n] as claims.Asked[]);
      }
    },
  ),
);

/** Any command that was done, sent again with its key: the first answer, and nothing is written. */
const repeat = some.map((at) =>
  step(`repeat ${at}`, always, async (model, { sent, clients, society }) => {
    if (sent.length === 0) return;
    const { who, path, body, key, answer } = pick(sent, at);
    if (model.erased && who === 'member') return;
    const before = await society.ledger.store.head();
    const again = await clients[who].post(path, body, { 'Idempotency-Key': key });
    expect(again.status).to.equal(200);
    expect(again.body).to.deep.equal({ ...answer.body, repeated: true });
    expect(await society.ledger.store.head()).to.deep.equal(before);
  }),
);

/** Proposed by one admin, approved by another, and carried out. */
async function correct(real: Real, eventId: string, change: object): Promise<void> {
  const { clients, society, member } = real;
  const { count } = await society.ledger.store.head();
  const item = { person: member, eventId };
  const proposal = { item, change, reasons: ['counted-twice'], asOf: count };
  const { ids } = await made(clients.admin.post('/v1/corrections', proposal));
  const { digest } = (await clients.admin.get(`/v1/corrections/${ids.correction}`)).body;
  const path = `/v1/corrections/${ids.correction}/approvals`;
  const alone = await clients.admin.post(path, { digest });
  expect([alone.status, alone.body.code]).to.deep.equal([403, 'own-correction']);
  await made(clients['other-admin'].post(path, { digest }));
}

const adjust = fc
  .integer({ min: -500, max: 500 })
  .filter((points) => points !== 0)
  .map((points) =>
    step(`adjust ${points}`, always, async (model, real) => {
      const { auditor } = real.society.clients;
      const { facts } = (await auditor.get(`/v1/members/${real.member}/history`)).body;
      const place = { scheme: real.society.scheme, cycle: '2026', category: 'training' };
      await correct(real, facts[0].id, { kind: 'adjust', ...place, points });
      model.adjusted += points;
    }),
  );

/** That a claim was taken back is retracted: it stands as it stood. */
const retract = some.map((at) =>
  step(
    `retract a withdrawal ${at}`,
    (model) => model.claims.some(({ withdrawn }) => withdrawn !== undefined),
    async (model, real) => {
      const back = pick(
        model.claims.filter(({ withdrawn }) => withdrawn !== undefined),
        at,
      );
      await correct(real, back.withdrawn ?? '', { kind: 'retract' });
      back.withdrawn = undefined;
    },
  ),
);

const eraseClaim = onClaim('erase claim', fc.record({}), async (of, _args, model, real) => {
  const expected: Expected = ofKey(of);
  const body = { scope: 'claim', claim: of.id };
  if ((await act(real, model, 'admin', '/erasures', body, expected)) !== undefined)
    of.erased = true;
});

const erasePerson = fc.constant(
  step(
    'erase person',
    ({ claims: all }) => all.length > 4,
    async (model, real) => {
      const body = { scope: 'person' };
      if ((await act(real, model, 'admin', '/erasures', body, 'done')) !== undefined) {
        model.erased = true;
      }
    },
  ),
);

/** Any step, what ends much seldom. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: claim },
  { weight: 2, arbitrary: bulk },
  { weight: 5, arbitrary: onClaim('amend', fc.record({ lines }), claims.amend) },
  { weight: 4, arbitrary: onClaim('withdraw', fc.record({}), claims.withdraw) },
  { weight: 4, arbitrary: onClaim('return', fc.record({}), claims.giveBack) },
  { weight: 16, arbitrary: onClaim('decide', which, claims.decide) },
  { weight: 8, arbitrary: onClaim('revoke', revocation, claims.revoke) },
  { weight: 6, arbitrary: onClaim('review', fc.record({ which: some }), claims.review) },
  {
    weight: 8,
    arbitrary: onClaim('close review', outcome, claims.closeReview, (of) => of.reviews.size > 0),
  },
  {
    weight: 8,
    arbitrary: onClaim(
      'appeal',
      fc.record({ which: some }),
      claims.appeal,
      (of) => of.rejections.size > 0,
    ),
  },
  {
    weight: 10,
    arbitrary: onClaim('decide appeal', outcome, claims.decideAppeal, (of) => of.appeals.size > 0),
  },
  { weight: 8, arbitrary: repeat },
  { weight: 4, arbitrary: adjust },
  { weight: 4, arbitrary: retract },
  { weight: 2, arbitrary: eraseClaim },
  { weight: 1, arbitrary: erasePerson },
);
