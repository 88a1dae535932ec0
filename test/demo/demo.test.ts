import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { demoBegins } from '../../src/demo/clock.ts';
import { inventBodies } from '../../src/demo/organisations.ts';
import { randomOf } from '../../src/demo/random.ts';
import { type DemoReport, makeDemo } from '../../src/demo/run.ts';
import { boxesOf, decode, textsOf } from '../../src/events/codec.ts';
import { type AnyFact, registry } from '../../src/events/registry.ts';
import type { DataKey } from '../../src/events/sealing.ts';
import { type OpenLedger, openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { caughtUp, startViews } from '../../src/main/views.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import { tempDir } from '../support/temp.ts';

const endsOn = '2025-03-14';
const scale = 0.05;

/** Kinds that no demo has, and why. */
const absent: Readonly<Record<string, string>> = {
  KeysLost: 'a vault that lost keys is a disaster, and no demo begins with one',
};

interface Made {
  report: DemoReport;
  facts: AnyFact[];
  /** What is sealed, opened, by the fact's id. */
  texts: Map<string, unknown>;
  found: number;
}

describe('The demo society', () => {
  let one: Made;
  let again: Made;

  before(async function () {
    this.timeout(120_000);
    [one, again] = await Promise.all([make(), make()]);
  });

  it('has every kind of fact', () => {
    const there = new Set<string>(one.facts.map(({ type }) => type));
    const missing = [...registry.keys()].filter((type) => !there.has(type) && !(type in absent));
    expect(missing).to.deep.equal([]);
    expect(Object.keys(absent).filter((type) => there.has(type) || !registry.has(type))).to.be
      .empty;
  });

  it('has tables that were given out, each in sight of the last, and sessions that are to come', () => {
    const tables = one.facts.flatMap((fact) => (fact.type === 'TableReleased' ? [fact.data] : []));
    const reports = tables.map(({ query }) => query.report);
    expect(reports).to.deep.equal(['capability', 'coverage', 'capability', 'coverage']);
    expect(tables.every(({ cells }) => cells > 0)).to.equal(true);
    const coming = one.facts.filter(
      (fact) => fact.type === 'SessionScheduled' && fact.data.from > endsOn,
    );
    expect(coming).to.have.length(6);
  });

  it('passes for a ledger that holds', () => {
    expect(one.found).to.equal(0);
  });

  it('is the same for the same seed in every stream, text included, but for ids and keys', () => {
    expect(toldBy(again)).to.deep.equal(toldBy(one));
  });

  it('is the same for the same seed from instant to instant', () => {
    const order = ({ facts }: Made) =>
      facts.map((fact) => `${fact.metadata.recordedAt} ${fact.type}`);
    // At one instant members act at the same time: whose fact is written first is left to the store.
    expect(order(again).sort()).to.deep.equal(order(one).sort());
  });

  it('is another for another seed', () => {
    const names = (seed: string): string[] =>
      inventBodies(randomOf(seed), new Set(), 30, 138).map(({ name }) => name);
    expect(names('two')).not.to.deep.equal(names('one'));
  });

  it('runs through three years, in order, up to the first instant of its last day', () => {
    const times = one.facts.map(({ metadata }) => metadata.recordedAt);
    expect(times).to.deep.equal([...times].sort());
    expect(times[0]).to.equal('2022-03-14T05:00:00.000Z');
    expect(times.at(-1)).to.equal('2025-03-14T00:00:00.000Z');
    const months = new Set(times.map((time) => time.slice(0, 7)));
    expect(months.size).to.equal(37);
  });

  it('has as many members and bodies as it says', () => {
    const count = (type: string): number => one.facts.filter((fact) => fact.type === type).length;
    expect(count('Registered')).to.equal(one.report.members).and.to.equal(150);
    expect(count('OrganisationRegistered')).to.equal(one.report.organisations);
    expect(one.facts.length).to.equal(one.report.facts);
  });

  it('spreads its members over the bodies as a society does: none, one, a median of three', () => {
    const sizes = sizesAtTheEnd(one.facts);
    const median = sizes[Math.floor(sizes.length / 2)] as number;
    const share = (size: number): number =>
      sizes.filter((one) => one === size).length / sizes.length;
    expect(median).to.be.within(2, 4);
    expect(share(0)).to.be.within(0.1, 0.25);
    expect(share(1)).to.be.within(0.15, 0.3);
    expect(sizes.at(-1)).to.be.greaterThan(6);
  });
});

async function make(): Promise<Made> {
  const settings = readSettings({ LEDGER_HOME: tempDir() });
  const ledger = await openLedger(settings, () => demoBegins(endsOn), { name: 'd', demo: true });
  const views = startViews(settings);
  try {
    const making = { ...ledger, views: () => caughtUp(views, ledger.store) };
    const report = await makeDemo(making, { seed: 'one', endsOn, scale });
    const stored = await ledger.store.readAll(undefined, report.facts + 1);
    const facts = stored.map((event) => decode(event, registry, true) as AnyFact);
    const texts = new Map<string, unknown>();
    for (const fact of facts) texts.set(fact.id, await opened(ledger, fact));
    const { found } = await verifyLedger(ledger.store, { evidence: ledger.evidence });
    return { report, facts, texts, found };
  } finally {
    await views.close();
    await ledger.close();
  }
}

async function opened({ vault, ledgerId }: OpenLedger, fact: AnyFact): Promise<unknown> {
  const keys = new Map<string, DataKey>();
  for (const { kid } of boxesOf(fact)) {
    const key = await vault.key(kid);
    if (typeof key !== 'string') keys.set(kid, key);
  }
  return textsOf(fact, ledgerId, keys);
}

/** What each stream tells, with its texts; ids, keys and what is computed from them left out. */
function toldBy({ facts, texts }: Made): string[] {
  const streams = new Map<string, string[]>();
  for (const fact of facts) {
    const { actor, recordedAt, submittedOn } = fact.metadata;
    const data = { ...fact.data, sealed: undefined };
    const told = { type: fact.type, data, role: actor.role, recordedAt, submittedOn };
    const line = JSON.stringify([told, texts.get(fact.id)])
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
      .replace(/"[0-9a-f]{64}"/g, '"digest"')
      // What was looked at when a cycle was closed: at one instant streams may interleave.
      .replace(/"index":\d+/g, '"index":0')
      .replace(/"[A-Za-z0-9_-]{22}"/g, '"kid"');
    const stream = streams.get(fact.stream) ?? [];
    stream.push(line);
    streams.set(fact.stream, stream);
  }
  return [...streams.values()].map((lines) => lines.join('\n')).sort();
}

/** Members in office at each body that is there, as the demo ends, the smallest first. */
function sizesAtTheEnd(facts: readonly AnyFact[]): number[] {
  const people = new Map<string, Set<string>>();
  const posts = new Map<string, string>();
  for (const { type, stream, data } of facts) {
    const member = stream.replace('member-', '');
    if (type === 'OrganisationRegistered')
      people.set(stream.replace('organisation-', ''), new Set());
    if (type === 'OrganisationSucceeded' || type === 'OrganisationEnded') {
      people.delete(stream.replace('organisation-', ''));
    }
    if (type === 'EmploymentStarted') {
      people.get(data.organisation)?.add(member);
      posts.set(data.employmentId, data.organisation);
    }
    if (type === 'EmploymentEnded') people.get(posts.get(data.employmentId) ?? '')?.delete(member);
    if (type === 'Resigned' || type === 'Lapsed' || type === 'Died' || type === 'MergedInto') {
      for (const there of people.values()) there.delete(member);
    }
  }
  return [...people.values()].map(({ size }) => size).sort((a, b) => a - b);
}
