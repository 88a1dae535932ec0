import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../events/codec.ts';
import { type AnyFact, registry } from '../events/registry.ts';
import { type CivilDate, civilDateIn } from '../scheme/civil-date.ts';
import { openDatabase } from '../store/driver.ts';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { ZONE } from './day-handed-in.ts';
import { readModels } from './read-models.ts';
import { rebuild } from './rebuild.ts';
import { digestOfStatement } from './standing-closing.ts';
import { memberStatement } from './statement.ts';
import { difference, tablesOf } from './verify/tables.ts';

/** Two stores with the same facts answer differently. */
export class AnswersDiffer extends Error {
  override name = 'AnswersDiffer';
}

/** Who takes part in which scheme, and the day of the last fact: what statements are compared of. */
export function takingPart() {
  const pairs = new Map<string, { member: string; scheme: string }>();
  let on: CivilDate | undefined;
  return {
    see(stored: StoredEvent): void {
      const { recordedAt } = JSON.parse(stored.metadata) as { recordedAt: string };
      on = civilDateIn(ZONE, recordedAt);
      if (stored.type !== 'SchemeJoined') return;
      const { data } = decode(stored, registry, false) as Extract<
        AnyFact,
        { type: 'SchemeJoined' }
      >;
      const pair = { member: stored.stream.slice('member-'.length), scheme: data.scheme };
      pairs.set(`${pair.member}/${pair.scheme}`, pair);
    },
    pairs: () => [...pairs.values()],
    on: () => on,
  };
}

/**
 * Compares every member's statement on the day of the last fact.
 *
 * @returns how many there are, and one digest over all, in order
 * @throws AnswersDiffer
 */
export async function sameStatements(
  stores: readonly [EventStore, EventStore],
  { pairs, on }: ReturnType<typeof takingPart>,
  onProgress: (count: number, of: number) => void,
): Promise<{ statements: number; digest: string }> {
  const all = createHash('sha256');
  const [every, day] = [pairs(), on()];
  if (day === undefined) return { statements: 0, digest: all.digest('hex') };
  for (const [n, { member, scheme }] of every.entries()) {
    const [one, other] = await Promise.all(
      stores.map(async (store) => {
        const answer = await memberStatement(store, member, { scheme, on: day });
        return answer === undefined ? 'none' : digestOfStatement(answer.statement);
      }),
    );
    if (one !== other) {
      throw new AnswersDiffer(`the statement of member ${member} in scheme ${scheme} is another`);
    }
    all.update(`${one}\n`);
    onProgress(n + 1, every.length);
  }
  return { statements: every.length, digest: all.digest('hex') };
}

/**
 * Makes all read models from both stores, in a folder that is deleted, and compares them row for row: reports are
 * made of nothing else.
 *
 * @returns how many tables there are
 * @throws AnswersDiffer
 */
export async function sameReports(
  stores: readonly [EventStore, EventStore],
  beside: string,
  onProgress: (count: number) => void,
): Promise<number> {
  const folder = mkdtempSync(join(beside, 'compare-'));
  try {
    const files = ['one.db', 'other.db'].map((name) => join(folder, name));
    for (const [n, store] of stores.entries()) {
      const { signal } = new AbortController();
      const path = files[n] as string;
      await rebuild({ store, projections: readModels, path, signal, onProgress });
    }
    const [one, other] = files.map((path) => openDatabase(path, { readOnly: true }));
    if (one === undefined || other === undefined) throw new Error('two files were made');
    try {
      // Where a follower stands is the store's own.
      const tables = tablesOf(one).filter((table) => table !== 'checkpoint');
      for (const table of tables) {
        const differs = difference(one, other, table);
        if (differs === undefined) continue;
        const text = `${differs.one} in one, ${differs.other} in the other`;
        throw new AnswersDiffer(`reports differ in ${table}: ${text}`);
      }
      return tables.length;
    } finally {
      one.close();
      other.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
