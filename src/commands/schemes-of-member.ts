import type { Adopted } from '../scheme/rulebook.ts';
import type { Command, Load } from './define.ts';
import type { Member } from './member.ts';
import type { Scheme } from './scheme-state.ts';

/** The schemes that a member takes or took part in, with their days. */
export type JoinedSchemes = {
  id: string;
  scheme: Scheme;
  anchor: string;
  track: string | undefined;
  adopted: Adopted[];
  from: string;
  until: string | undefined;
}[];

/** Loads every scheme that the member has joined: the context of decisions about points. */
export async function joinedSchemes(
  load: Load,
  _command: Command<unknown>,
  state: Member,
): Promise<JoinedSchemes> {
  const joined: JoinedSchemes = [];
  const { schemes, earlier } = state.membership;
  const times = [...schemes].map(([scheme, days]) => ({ scheme, ...days }));
  for (const { scheme: id, ...days } of [...times, ...earlier]) {
    const adopted = state.membership.adopted.filter(({ scheme }) => scheme === id);
    joined.push({ id, scheme: await load('scheme', id), adopted, ...days });
  }
  return joined;
}
