import { type EventStore, WrongExpectedRevision } from '../../src/store/event-store.ts';
import { before, fact } from './facts.ts';

/** Run as a process: appends facts one by one to a stream that others may write too; a line for each answered id. */
const [module, address, stream, count] = process.argv.slice(2) as [string, string, string, string];
const { open } = (await import(module)) as { open(address: string): Promise<EventStore> };
const store = await open(address);

for (let n = 0; n < Number(count); n++) {
  const event = fact(String(n));
  while (!(await appended(event))) continue;
  process.stdout.write(`${event.id}\n`);
}
await store.close();

async function appended(event: ReturnType<typeof fact>): Promise<boolean> {
  const stored = await store.readStream(stream, 0n);
  try {
    await store.append(stream, before(stored.length), [event]);
    return true;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return false;
    throw error;
  }
}
