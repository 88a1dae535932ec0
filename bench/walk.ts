import type { EventStore, Position, StoredEvent } from '../src/store/event-store.ts';

const BATCH = 500;

export async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
}

/** Seconds that a step takes on every fact of a ledger; reading them is not counted. */
export async function secondsOnEach(
  store: EventStore,
  step: (fact: StoredEvent) => unknown,
): Promise<number> {
  let after: Position | undefined;
  let ms = 0;
  for (;;) {
    const facts = await store.readAll(after, BATCH);
    if (facts.length === 0) return ms / 1_000;
    after = facts.at(-1)?.position;
    const began = performance.now();
    for (const fact of facts) step(fact);
    ms += performance.now() - began;
  }
}

export function secondsToParse(store: EventStore): Promise<number> {
  return secondsOnEach(store, ({ data, metadata }) => [JSON.parse(data), JSON.parse(metadata)]);
}
