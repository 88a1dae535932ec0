import type { z } from 'zod';
import type { Category } from '../events/define.ts';
import type { AnyNewFact } from '../events/registry.ts';
import type { Actor } from '../events/shapes.ts';
import type { CivilDate } from '../scheme/civil-date.ts';
import type { Member } from './member.ts';
import { refuse } from './rejection.ts';
import type { States } from './states.ts';

/** A command as `decide` sees it. Clock, ids and keys come in with it: `decide` is pure and synchronous. */
export interface Command<Body> {
  /** UUIDv5 of ledger, actor, stream and key. Ids of new things derive from it. */
  id: string;
  /** The id in the stream's name: of the member, the scheme, ... */
  subject: string;
  /** Ids in the path below the subject (`claim`). */
  path: Readonly<Record<string, string>>;
  body: Body;
  actor: Actor;
  /** Every id that is the actor's own person, absorbed duplicates included. */
  own: ReadonlySet<string>;
  now: string;
  /** The day of `now` in the ledger's zone. */
  today: CivilDate;
  /** A fresh key, at hand if this command begins something that needs its own (a claim, a relief). */
  newKid: string;
}

/** Folded state of another stream, as of now. */
export type Load = <C extends keyof States>(category: C, id: string) => Promise<States[C]>;

/** One thing that can be asked of the ledger. */
export interface CommandDefinition<
  Name extends string = string,
  C extends keyof States = keyof States,
  Body = unknown,
  Context = unknown,
> {
  readonly name: Name;
  readonly category: C & Category;
  readonly body: z.ZodType<Body>;
  /** What the decision needs from other streams. */
  context(load: Load, command: Command<Body>, state: States[C]): Promise<Context>;
  /** The facts that follow, or a thrown `Rejection`. */
  decide(command: Command<Body>, state: States[C], context: Context): AnyNewFact[];
  /** The narrowest key concerned, for the command's digest; undefined: the ledger's own (contract, 1). */
  digestKid(command: Command<Body>, state: States[C]): string | undefined;
}

/**
 * Declares a command; `context` defaults to nothing and `digestKid` to the ledger's key. On a person who was
 * erased, and on a duplicate that was merged, nothing more is decided but what says otherwise.
 */
export function defineCommand<
  const Name extends string,
  C extends keyof States & Category,
  Body,
  Context = undefined,
>(definition: {
  name: Name;
  category: C;
  body: z.ZodType<Body>;
  context?: (load: Load, command: Command<Body>, state: States[C]) => Promise<Context>;
  decide: (command: Command<Body>, state: States[C], context: Context) => AnyNewFact[];
  digestKid?: (command: Command<Body>, state: States[C]) => string | undefined;
  /** Writes no text and may follow an erasure, and a merger: a correction. */
  afterErasure?: true;
  /** May follow a merger: an erasure, and what holds it back. */
  afterMerger?: true;
}): CommandDefinition<Name, C, Body, Context> {
  const { name, category, body, decide, afterErasure, afterMerger = afterErasure } = definition;
  return {
    name,
    category,
    body,
    context: definition.context ?? (async () => undefined as Context),
    digestKid: definition.digestKid ?? (() => undefined),
    decide(command, state, context) {
      if (category === 'member') {
        const { erasure } = state as Member;
        if (afterErasure === undefined) notErased(erasure);
        if (afterMerger === undefined) notMerged(command, erasure);
      }
      return decide(command, state, context);
    },
  };
}

function notErased({ person }: Member['erasure']): void {
  if (person) refuse('erased', 'this person was erased: nothing more is decided on them');
}

function notMerged({ path }: Command<unknown>, { mergedInto }: Member['erasure']): void {
  // What a duplicate had begun before (a claim, a post, a hold) is decided and ended where it stands.
  if (mergedInto !== undefined && Object.keys(path).length === 0) {
    refuse('merged', `this person goes on as ${mergedInto}`);
  }
}
