import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Database } from '../../store/driver.ts';
import type { Following, Projection, ViewFact } from '../projection.ts';
import { dayNumber, dayOrNull } from './days.ts';

const types = [
  'EntryListed',
  'EntryChanged',
  'EntryDelisted',
  'SessionScheduled',
  'SessionCancelled',
  'NeighboursPublished',
  'SharingGranted',
  'SharingWithdrawn',
] as const satisfies readonly AnyFact['type'][];

/**
 * Where help is found: what is on offer and builds which skills, when it is held next, which regions border on which,
 * and whose contact was shared with whom. All but the last by the indexes from which to which it was known: whoever
 * shares something no longer is not named again, as of whatever index is asked.
 */
export const support: Projection = {
  name: 'support',
  version: 1,
  tables: [
    `CREATE TABLE support_entries (
      entry TEXT NOT NULL,
      recorded_from INTEGER NOT NULL,
      recorded_until INTEGER,
      said TEXT NOT NULL,
      PRIMARY KEY (entry, recorded_from)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE support_sessions (
      session TEXT PRIMARY KEY,
      entry TEXT NOT NULL,
      recorded_from INTEGER NOT NULL,
      recorded_until INTEGER,
      effective_from INTEGER NOT NULL,
      effective_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE support_neighbours (
      at INTEGER PRIMARY KEY,
      regions TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE support_contacts (
      person TEXT NOT NULL,
      sharing TEXT NOT NULL,
      shared_with TEXT NOT NULL,
      effective_from INTEGER NOT NULL,
      effective_until INTEGER,
      PRIMARY KEY (person, sharing)
    ) STRICT, WITHOUT ROWID`,
  ],
  indexes: [
    'CREATE INDEX support_sessions_by_entry ON support_sessions (entry, effective_from)',
    'CREATE INDEX support_contacts_by_whom ON support_contacts (shared_with)',
  ],
  types,
  on: follow,
};

function follow(database: Database): Following {
  const list = database.prepare('INSERT INTO support_entries VALUES (?, ?, NULL, ?)');
  const close = database.prepare(
    'UPDATE support_entries SET recorded_until = ? WHERE entry = ? AND recorded_until IS NULL',
  );
  const schedule = database.prepare('INSERT INTO support_sessions VALUES (?, ?, ?, NULL, ?, ?)');
  const cancel = database.prepare(
    'UPDATE support_sessions SET recorded_until = ? WHERE session = ?',
  );
  const border = database.prepare('INSERT INTO support_neighbours VALUES (?, ?)');
  const share = database.prepare('INSERT INTO support_contacts VALUES (?, ?, ?, ?, ?)');
  const withdraw = database.prepare(
    'UPDATE support_contacts SET effective_until = ? WHERE person = ? AND sharing = ?',
  );
  const apply = (fact: ViewFact): void => {
    const { id } = streamParts(fact.stream);
    const { index } = fact;
    switch (fact.type) {
      case 'EntryListed':
      case 'EntryChanged':
        close.run(index, id);
        list.run(id, index, JSON.stringify(fact.data));
        return;
      case 'EntryDelisted':
        close.run(index, id);
        return;
      case 'SessionScheduled': {
        const { entry, from, until } = fact.data;
        schedule.run(id, entry, index, dayNumber(from), dayNumber(until));
        return;
      }
      case 'SessionCancelled':
        cancel.run(index, id);
        return;
      case 'NeighboursPublished':
        border.run(index, JSON.stringify(fact.data.regions));
        return;
      case 'SharingGranted': {
        const { sharingId, to, what, from, until } = fact.data;
        if (what !== 'contact') return;
        share.run(id, sharingId, to.id, dayNumber(from), dayOrNull(until));
        return;
      }
      case 'SharingWithdrawn':
        withdraw.run(dayNumber(fact.data.until), id, fact.data.sharingId);
    }
  };
  // Of these facts none is retracted: each has a reverser of its own, and a sharing is withdrawn.
  return { apply, retract() {}, flush() {} };
}
