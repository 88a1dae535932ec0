import { type AppendResult, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { StoredEvent } from '../src/store/event-store.ts';

/** The client of KurrentDB and nothing of ours; while it is open, no store of this process may be. */
export interface BareClient {
  /** Appends each fact by itself at an explicit revision, from `askers` with a stream of its own each. */
  append(facts: readonly StoredEvent[], askers: number): Promise<void>;
  /** Reads so many events of the log from the place of a fact on. @returns how many had the prefix */
  readAll(from: string, until: string, prefix: string): Promise<number>;
  close(): Promise<void>;
}

export function openBareClient(address: string): BareClient {
  const client = EventStoreDBClient.connectionString(address);
  let runs = 0;
  return {
    async append(facts, askers) {
      const events = facts.map((fact) =>
        jsonEvent({
          id: fact.id,
          type: fact.type,
          data: JSON.parse(fact.data),
          metadata: JSON.parse(fact.metadata),
        }),
      );
      runs += 1;
      const run = `bare${Date.now()}x${runs}`;
      const asking = async (_: unknown, asker: number): Promise<void> => {
        let expectedRevision: bigint | 'no_stream' = 'no_stream';
        for (let event = events.pop(); event !== undefined; event = events.pop()) {
          const to = `${run}-${asker}`;
          const stored: AppendResult = await client.appendToStream(to, [event], {
            expectedRevision,
          });
          if (!stored.success) throw new Error(`${to} is elsewhere`);
          expectedRevision = stored.nextExpectedRevision;
        }
      };
      await Promise.all(Array.from({ length: askers }, asking));
    },
    async readAll(from, until, prefix) {
      const [commit, last] = [BigInt(from), BigInt(until)];
      let ours = 0;
      const read = client.readAll({ fromPosition: { commit, prepare: commit } });
      for await (const { event } of read) {
        if (event?.streamId.startsWith(prefix)) ours += 1;
        if ((event?.position?.commit ?? 0n) >= last) break;
      }
      return ours;
    },
    async close() {
      await client.dispose();
      // The channel has no public way to be closed, and its sockets would keep the process.
      const { getChannel } = client as unknown as { getChannel(): Promise<{ close(): void }> };
      (await getChannel.call(client)).close();
    },
  };
}
