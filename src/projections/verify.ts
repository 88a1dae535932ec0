import { setImmediate as turn } from 'node:timers/promises';
import type { AnyFact } from '../events/registry.ts';
import type { EventStore, Position, StoredEvent } from '../store/event-store.ts';
import { statementAt } from './statement.ts';
import { type Aside, openAside } from './verify/aside.ts';
import { openAudit } from './verify/audit.ts';
import { openDetermined } from './verify/determined.ts';
import { type Finding, openReport, type Report } from './verify/finding.ts';
import type { EvidenceFiles } from './verify/keys.ts';
import { openOrder } from './verify/order.ts';
import { readFact } from './verify/read.ts';
import { openSeen } from './verify/seen.ts';

/** Facts read at a time: more are moved about by the collector. */
const BATCH = 250;

export interface Verifying {
  /** The time now, UTC with milliseconds: facts recorded after it are named. Absent: it is not looked at. */
  now?: () => string;
  /** Where the files that facts name are. Absent: they are not looked at. */
  evidence?: EvidenceFiles;
  onProgress?(count: number, head: number): void;
}

export interface Verified {
  /** Facts walked. */
  facts: number;
  /** What does not hold, in ledger order; the first thousand. */
  findings: Finding[];
  /** How many findings there were. */
  found: number;
}

/**
 * Walks the ledger once, to where its head was, and checks what a ledger alone can show of the invariants
 * (design, 5). Trusts no other code's folds: it replays the facts as an auditor would; only what cycles were
 * determined to have come to is worked out by the rules themselves, as of then. In memory it keeps, of
 * each stream, how far it has come, and of each fact a few bytes of its id; what it must know of claims stands in
 * a temporary file, of about 0.4 KB a fact, until it is looked at.
 */
export async function verifyLedger(given: EventStore, options: Verifying = {}): Promise<Verified> {
  const report = openReport();
  const store = await withoutDamaged(given, report);
  const aside = openAside();
  try {
    return await walk(store, report, aside, options);
  } finally {
    aside.close();
  }
}

async function walk(
  store: EventStore,
  report: Report,
  aside: Aside,
  { now, evidence, onProgress }: Verifying,
): Promise<Verified> {
  const { count: head } = await store.head();
  const earlier = (fact: AnyFact): Promise<AnyFact[]> => factsBefore(store, fact);
  const audit = openAudit({ report, aside, earlier, facts: head });
  const seen = openSeen();
  let unread = 0;
  const determined = openDetermined(report, aside, async (person, wanted, end) => {
    return (await statementAt(store, person, wanted, end))?.statement;
  });
  // Asked after the head: what others append meanwhile is not walked.
  const order = openOrder(report, now?.());
  let facts = 0;
  let after: Position | undefined;
  while (facts < head) {
    const batch = await store.readAll(after, Math.min(BATCH, head - facts));
    if (batch.length === 0) break;
    for (const stored of batch) {
      order.place(stored);
      if (seen.add(stored.id)) await nameRepeat(store, stored, report);
      const fact = readFact(stored, report);
      if (fact === undefined) {
        unread += 1;
        continue;
      }
      order.fact(fact);
      determined.follow(fact);
      // Nearly every fact is followed at once: to wait for each would cost more than to check it.
      const waiting = audit.follow(fact);
      if (waiting !== undefined) await waiting;
    }
    facts += batch.length;
    after = batch.at(-1)?.position;
    onProgress?.(facts, head);
    await turn();
  }
  if (facts < head) report.whole(`the ledger says it has ${head} facts, and ${facts} can be read`);
  await audit.close();
  // A statement is folded from facts that can be read.
  if (unread === 0) await determined.close();
  if (evidence !== undefined) await audit.keys.evidence(evidence);
  return { facts, findings: report.findings(), found: report.found() };
}

/** The store as far as it can be read; what was done to streams of it is reported. */
async function withoutDamaged(store: EventStore, report: Report): Promise<EventStore> {
  const damage = (await store.damage?.()) ?? [];
  for (const { stream, what } of damage) report.whole(`${stream} ${what}`, 'before');
  const damaged = new Set(damage.map(({ stream }) => stream));
  return {
    ...store,
    readStream: async (stream, from, limit) =>
      damaged.has(stream) ? [] : store.readStream(stream, from, limit),
  };
}

/** Ids are made from stream and command, so that a repeat stands in the same stream. */
async function nameRepeat(store: EventStore, stored: StoredEvent, report: Report): Promise<void> {
  const stream = await store.readStream(stored.stream, 0n);
  const first = stream.find(({ id, index }) => id === stored.id && index < stored.index);
  if (first !== undefined) report.fact(stored, `its id is that of index ${first.index} already`);
}

async function factsBefore(store: EventStore, { stream, index }: AnyFact): Promise<AnyFact[]> {
  const silent = openReport();
  const stored = await store.readStream(stream, 0n);
  return stored
    .filter((fact) => fact.index < index)
    .flatMap((fact) => readFact(fact, silent) ?? []);
}
