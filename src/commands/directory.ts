import { setImmediate as turn } from 'node:timers/promises';
import { open } from '../events/sealing.ts';
import type { DirectoryEntry, Vault } from '../vault/vault.ts';

export interface Found {
  person: string;
  name: string;
}

/** Names of persons, opened into memory alone and gone with the process: what a search by name reads. */
export interface Directory {
  /** Persons whose name holds every word of the text, in any case, ordered by name; at most `limit`. */
  search(text: string, limit: number): Promise<Found[]>;
  nameOf(person: string): Promise<string | undefined>;
  put(person: string, entry: DirectoryEntry): Promise<void>;
  remove(person: string): void;
}

/** Names opened without a turn of the event loop: some 5 ms. */
const BETWEEN_TURNS = 50;

/**
 * The directory over what the vault holds. Names are opened when they are first asked for: most processes never
 * ask, and a start need not wait for thousands of boxes.
 */
export function directoryOver(vault: Vault): Directory {
  const names = new Map<string, { name: string; folded: string }>();
  /** What came or went before the names were opened: the vault notes details in batches, and may lag behind. */
  const news = new Map<string, DirectoryEntry | undefined>();
  let filling: Promise<void> | undefined;
  let filled = false;

  const openName = async (person: string, { stream, eventId, box }: DirectoryEntry) => {
    const key = await vault.key(box.kid);
    if (typeof key === 'string') {
      names.delete(person);
      return;
    }
    const { name } = open(box, key, { ledgerId: vault.ledgerId, stream, eventId });
    if (name !== undefined) names.set(person, { name, folded: fold(name) });
  };
  const fill = async (): Promise<void> => {
    let opened = 0;
    for (const [person, entry] of await vault.allDetails()) {
      if (!news.has(person)) await openName(person, entry);
      if (++opened % BETWEEN_TURNS === 0) await turn();
    }
    // What comes meanwhile is at the end of the same list.
    for (const [person, entry] of news) {
      if (entry === undefined) names.delete(person);
      else await openName(person, entry);
    }
    filled = true;
    news.clear();
  };
  const ready = (): Promise<void> => {
    filling ??= fill().catch((error: unknown) => {
      filling = undefined;
      throw error;
    });
    return filling;
  };
  return {
    async search(text, limit) {
      await ready();
      const words = fold(text).split(/\s+/).filter(Boolean);
      const found: Found[] = [];
      for (const [person, { name, folded }] of names) {
        if (words.every((word) => folded.includes(word))) found.push({ person, name });
      }
      found.sort((a, b) => a.name.localeCompare(b.name) || (a.person < b.person ? -1 : 1));
      return found.slice(0, limit);
    },
    async nameOf(person) {
      await ready();
      return names.get(person)?.name;
    },
    async put(person, entry) {
      if (filled) return openName(person, entry);
      news.delete(person);
      news.set(person, entry);
    },
    remove(person) {
      names.delete(person);
      if (filled) return;
      news.delete(person);
      news.set(person, undefined);
    },
  };
}

/** Without accents and case, so that a search for "muller" finds "Müller". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
