import type { Actor } from '../../src/events/shapes.ts';
import { type Chronicle, idOf } from './chronicle.ts';

export const scheme = idOf('scheme');
export const people = {
  members: ['ada', 'bea', 'cyd', 'dot'].map(idOf),
  /** The same human as `ada`, once they are absorbed. */
  double: idOf('ada again'),
  assessor: idOf('assessor'),
  delegate: idOf('delegate'),
  panel: ['one', 'two', 'three'].map(idOf),
  admin: idOf('admin'),
  second: idOf('second admin'),
  /** An admin who states claims anew. */
  clerk: idOf('clerk'),
};
export const appointment = idOf('appointment');
export const panel = idOf('panel');

export interface Line {
  claim: Claim;
  lineId: string;
  state: 'open' | 'approved' | 'ended' | 'void' | 'rejected';
  approval: string;
}

export interface Claim {
  member: string;
  claimId: string;
  kid: string;
  /** Key of what was attached to it. */
  evidence?: string;
  lines: Line[];
  over: boolean;
}

/** What has been said so far, as far as the next step needs it. */
export interface Told {
  said: Chronicle;
  claims: Claim[];
  broughtIn: { member: string; eventId: string }[];
  /** Picks among so many. */
  pick(of: number): number;
}

export const rulebook = { version: 1, eventId: idOf('rulebook') };
export const byAdmin: Actor = { id: people.admin, role: 'admin' };

/** The stream of a person. */
export function streamOf(person: string): string {
  return `member-${person}`;
}
