import type { Database } from '../store/driver.ts';

/** Which ids are one human: a row for each `Absorbed` fact that stands. */
export const absorptionTable = `
  CREATE TABLE absorptions (
    event TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    survivor TEXT NOT NULL,
    duplicate TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

interface Absorption {
  event: string;
  survivor: string;
  duplicate: string;
}

/** Which ids are one human, in memory: there are few. */
export interface Persons {
  /** The id under which a person's balance stands: the last that absorbed them, or the last that absorbed that. */
  keeperOf(person: string): string;
  /** A person's id and those that it absorbed, directly or not. */
  idsOf(person: string): string[];
  /** Everybody who stands under another id. */
  absorbed(): string[];
  absorb(absorption: Absorption & { at: number }): void;
  /** Takes back what these facts said; gives the duplicates concerned. */
  forget(events: readonly string[]): string[];
}

/** Opens the table of absorptions. */
export function openPersons(database: Database): Persons {
  const insert = database.prepare('INSERT INTO absorptions VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM absorptions WHERE event = ?');
  let standing = absorptions(database);
  return {
    keeperOf: (person) => keeperAmong(standing, person),
    idsOf: (person) => idsAmong(standing, person),
    absorbed: () => standing.map(({ duplicate }) => duplicate),
    absorb({ event, at, survivor, duplicate }) {
      insert.run(event, at, survivor, duplicate);
      standing.push({ event, survivor, duplicate });
    },
    forget(events) {
      const gone = standing.filter(({ event }) => events.includes(event));
      for (const { event } of gone) remove.run(event);
      standing = standing.filter((absorption) => !gone.includes(absorption));
      return gone.map(({ duplicate }) => duplicate);
    },
  };
}

/** A person's id and those that it absorbed, as the rows of a database say. */
export function idsOf(database: Database, person: string): string[] {
  return idsAmong(absorptions(database), person);
}

function absorptions(database: Database): Absorption[] {
  const sql = 'SELECT event, survivor, duplicate FROM absorptions ORDER BY at';
  return database.prepare(sql).all() as Absorption[];
}

function keeperAmong(standing: readonly Absorption[], person: string): string {
  const seen = new Set<string>();
  let keeper = person;
  while (!seen.has(keeper)) {
    seen.add(keeper);
    const last = standing.findLast(({ duplicate }) => duplicate === keeper);
    if (last === undefined) return keeper;
    keeper = last.survivor;
  }
  return keeper;
}

function idsAmong(standing: readonly Absorption[], person: string): string[] {
  const found = new Set([person]);
  for (const id of found) {
    for (const { survivor, duplicate } of standing) if (survivor === id) found.add(duplicate);
  }
  return [...found];
}
