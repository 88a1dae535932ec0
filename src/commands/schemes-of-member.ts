import type { Adopted } from '../scheme/rulebook.ts';
import type { Command, Load } from './define.ts';
import type { Member } from './member.ts';
import type { SchemeMembership } from './membership-state.ts';
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
  const join = async (id: string, { anchor, track, from, until }: SchemeMembership) => {
    const adopted = state.membership.adopted.filter(({ scheme }) => scheme === id);
    joined.push({ id, scheme: await load('scheme', id), adopted, anchor, track, from, until });
  };
  for (const [id, days] of [...schemes]) await join(id, days);
  for (const days of [...earlier]) await join(days.scheme, days);
  return joined;
}
