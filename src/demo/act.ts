import { v5 } from 'uuid';
import { beginning } from '../commands/begin.ts';
import type { CommandDefinition } from '../commands/define.ts';
import { type Answer, handle, type Ledger, type Request } from '../commands/handle.ts';
import type { States } from '../commands/states.ts';
import { type Actor, systemActors } from '../events/shapes.ts';

/** Who does something: the actor, and every id that is their own. */
export interface Who {
  actor: Actor;
  own: ReadonlySet<string>;
}

/** What a command needs beside its definition. */
export interface Doing<Body> {
  subject: string;
  who: Who;
  body: Body;
  path?: Record<string, string>;
  more?: Pick<Request<never, never>, 'mintedKey' | 'submittedOn' | 'files'>;
}

/** What every request has beside its command. */
export interface Asking extends Who {
  key: string;
  correlationId: string;
}

/** Runs commands as people and systems would, each under a key of its own. */
export interface Act {
  ask(who: Who): Asking;
  run<C extends keyof States, Body>(
    definition: CommandDefinition<string, C, Body, unknown>,
    doing: Doing<Body>,
  ): Promise<Answer>;
  /** Runs a command that begins a stream. */
  begin<C extends keyof States, Body>(
    definition: CommandDefinition<string, C, Body, unknown>,
    doing: Omit<Doing<Body>, 'subject'>,
  ): Promise<Answer & { subject: string }>;
}

/** A person in a role. */
export function as(role: Actor['role'], person: { id: string }): Who {
  return { actor: { id: person.id, role }, own: new Set([person.id]) };
}

/** A system actor. */
export function system(name: 'import' | 'setup'): Who {
  return as(name, { id: systemActors[name] });
}

/** Acts on a ledger; a body is read by its command's own schema, as one that came in over HTTP is. */
export function actOn(ledger: Ledger): Act {
  let count = 0;
  const ask = (who: Who): Asking => {
    count += 1;
    const key = `demo-${count}`;
    return { ...who, key, correlationId: v5(key, ledger.ledgerId) };
  };
  return {
    ask,
    async run(definition, { subject, who, body, path, more }) {
      const parsed = definition.body.parse(body);
      const request = { definition, subject, raw: body, body: parsed, ...ask(who), ...more };
      return handle(ledger, path === undefined ? request : { ...request, path });
    },
    async begin(definition, { who, body, more }) {
      const asking = ask(who);
      const parsed = definition.body.parse(body);
      const { category } = definition;
      const begun = beginning(ledger.ledgerId, who.actor.id, category, asking.key);
      const request = { definition, raw: body, body: parsed, ...asking, ...begun, ...more };
      return { ...(await handle(ledger, request)), subject: begun.subject };
    },
  };
}
