import { open } from '../events/sealing.ts';
import type { DirectoryEntry, Vault } from '../vault/vault.ts';

export interface Found {
  person: string;
  name: string;
}

/** Names of persons, opened into memory alone and gone with the process: what a search by name reads. */
export interface Directory {
  /** Persons whose name holds every word of the text, in any case, ordered by name; at most `limit`. */
  search(text: string, limit: number): Found[];
  nameOf(person: string): string | undefined;
  put(person: string, entry: DirectoryEntry): Promise<void>;
  remove(person: string): void;
}

/** Opens the directory over what the vault holds. */
export async function openDirectory(vault: Vault): Promise<Directory> {
  const names = new Map<string, { name: string; folded: string }>();
  const directory: Directory = {
    search(text, limit) {
      const words = fold(text).split(/\s+/).filter(Boolean);
      const found: Found[] = [];
      for (const [person, { name, folded }] of names) {
        if (words.every((word) => folded.includes(word))) found.push({ person, name });
      }
      found.sort((a, b) => a.name.localeCompare(b.name) || (a.person < b.person ? -1 : 1));
      return found.slice(0, limit);
    },
    nameOf: (person) => names.get(person)?.name,
    async put(person, { stream, eventId, box }) {
      const key = await vault.key(box.kid);
      if (typeof key === 'string') {
        names.delete(person);
        return;
      }
      const { name } = open(box, key, { ledgerId: vault.ledgerId, stream, eventId });
      if (name !== undefined) names.set(person, { name, folded: fold(name) });
    },
    remove(person) {
      names.delete(person);
    },
  };
  for (const [person, entry] of await vault.allDetails()) await directory.put(person, entry);
  return directory;
}

/** Without accents and case, so that a search for "muller" finds "Müller". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
