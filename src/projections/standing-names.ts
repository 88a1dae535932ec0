import type { Views } from './views.ts';

/** Names of organisations by their id, each asked for once; the id where nothing is known of one. */
export function organisationNames(views: Views): (id: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const ask = async (id: string): Promise<string> => {
    const { items } = await views.registered({ register: 'organisation', id }, { limit: 1 });
    const name = items[0]?.data['name'];
    return typeof name === 'string' ? name : id;
  };
  return (id) => {
    const name = known.get(id) ?? ask(id);
    known.set(id, name);
    return name;
  };
}
