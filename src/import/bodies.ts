import { meantWords } from '../commands/scheme-names.ts';
import type { KnownOrganisation, Making } from './kind.ts';

/** Bodies of the ledger, as rows name them. */
export interface Bodies {
  /** By id, code or name, in any case: none, one, or several that are called so. */
  find(text: string): KnownOrganisation[];
  /** What may have been meant by a name that none has, in words; empty: nothing is near. */
  near(text: string): string;
}

const MOST_NAMED = 3;

/** Bodies that rows may name; none are read where no row names one. */
export async function bodiesOf({ rows, organisations }: Making): Promise<Bodies> {
  const named = rows.some((row) => row.text('organisation') !== undefined);
  const all = named ? await organisations() : [];
  const found = new Map<string, KnownOrganisation[]>();
  for (const body of all) {
    const keys = [body.id, body.name, ...body.identifiers.map(({ code }) => code)];
    for (const key of new Set(keys.map((one) => one.toLowerCase()))) {
      found.set(key, [...(found.get(key) ?? []), body]);
    }
  }
  const names = [...new Set(all.map(({ name }) => name))].sort();
  return {
    find: (text) => found.get(text.toLowerCase()) ?? [],
    near(text) {
      const holding = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
      const more = holding.length > MOST_NAMED ? ', ...' : '';
      if (holding.length > 0)
        return ` (there is ${holding.slice(0, MOST_NAMED).join(', ')}${more})`;
      return meantWords(text, names);
    },
  };
}
