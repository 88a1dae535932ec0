import { expect } from 'chai';
import type { Finding } from '../../src/projections/verify/finding.ts';
import { verifyLedger } from '../../src/projections/verify.ts';
import type { StoredEvent } from '../../src/store/event-store.ts';
import { storeOf } from './chronicle.ts';

/** What `verify` finds in these facts. */
export async function findingsIn(events: readonly StoredEvent[]): Promise<Finding[]> {
  return (await verifyLedger(storeOf(events))).findings;
}

/** The first finding names this fact, and says this. */
export async function expectFirst(
  events: readonly StoredEvent[],
  named: StoredEvent | undefined,
  says: string | RegExp,
): Promise<void> {
  const [first] = await findingsIn(events);
  expect(first?.says ?? 'nothing was found').to.match(
    typeof says === 'string' ? new RegExp(literally(says)) : says,
  );
  expect(first?.event).to.equal(named?.id);
  expect(first?.says).to.include(`index ${named?.index}`).and.to.include(named?.stream);
  expect(first?.says).not.to.include('\n');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
