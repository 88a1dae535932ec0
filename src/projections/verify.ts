import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore, Position } from '../store/event-store.ts';
import { type Finding, openReport } from './verify/finding.ts';
import { openOrder } from './verify/order.ts';
import { readFact } from './verify/read.ts';

/** Facts read at a time. */
const BATCH = 1_000;

export interface Verifying {
  /** The time now, UTC with milliseconds: facts recorded after it are named. Absent: it is not looked at. */
  now?: string;
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
 * (design, 5). Trusts no other code's folds: it replays the facts as an auditor would.
 */
export async function verifyLedger(store: EventStore, options: Verifying = {}): Promise<Verified> {
  const { now, onProgress } = options;
  const report = openReport();
  const order = openOrder(report, now);
  const { count: head } = await store.head();
  let facts = 0;
  let after: Position | undefined;
  while (facts < head) {
    const batch = await store.readAll(after, Math.min(BATCH, head - facts));
    if (batch.length === 0) break;
    for (const stored of batch) {
      order.place(stored);
      const fact = readFact(stored, report);
      if (fact !== undefined) order.fact(fact);
    }
    facts += batch.length;
    after = batch.at(-1)?.position;
    onProgress?.(facts, head);
    await turn();
  }
  if (facts < head) report.whole(`the ledger says it has ${head} facts, and ${facts} can be read`);
  return { facts, findings: report.findings(), found: report.found() };
}
