import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { v5 } from 'uuid';
import type { Command, CommandDefinition, Load } from '../../src/commands/define.ts';
import { Rejection, type RejectionCode } from '../../src/commands/rejection.ts';
import { type Folding, foldings, type States } from '../../src/commands/states.ts';
import { streamName } from '../../src/events/ids.ts';
import { type AnyFact, type AnyNewFact, registry } from '../../src/events/registry.ts';
import { retractedBy } from '../../src/events/retraction.ts';
import type { Actor } from '../../src/events/shapes.ts';

/** An id by a name, the same in every run. */
export function idOf(name: string): string {
  return v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
}

/** A key's id by a name. */
export function kidOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}

/** The day and time at which every command of a specification is asked. */
export const TODAY = '2026-03-10';
/** The key at hand for what a command begins, and the command's own id. */
export const FRESH = kidOf('fresh');
export const COMMAND = idOf('command');
/** Whose stream it is where nothing else is said. */
export const MEMBER = idOf('member');

type Type = AnyNewFact['type'];
export type DataOf<T extends Type> = Extract<AnyNewFact, { type: T }>['data'];

/** A fact that was told before, and where. */
export interface Told {
  fact: AnyFact;
  subject: string;
}

interface Telling {
  /** The id in its stream's name; by default the member's. */
  of?: string;
  id?: string;
  by?: string | Actor;
}

let told = 0;

/** A fact as it stands in the ledger. */
export function fact<T extends Type>(type: T, data: DataOf<T>, telling: Telling = {}): Told {
  const { of: subject = MEMBER, id = idOf(`fact ${told++}`), by = MEMBER } = telling;
  const actor: Actor = typeof by === 'string' ? { id: by, role: 'admin' } : by;
  const category = registry.get(type)?.category ?? '';
  const stored = {
    id,
    stream: streamName(category, subject),
    revision: 0n,
    index: 0,
    type,
    data,
    metadata: {
      schemaVersion: 1,
      commandId: idOf(`command of ${id}`),
      commandDigest: { kid: kidOf('ledger'), mac: 'm'.repeat(43) },
      correlationId: idOf('correlation'),
      actor,
      recordedAt: '2026-01-01T00:00:00.000Z',
    },
  };
  expect(valid(type, data), `a given ${type} breaks its schema`).to.equal('');
  return { fact: stored as unknown as AnyFact, subject };
}

interface Asking {
  /** Whose stream; by default the member's. */
  of?: string;
  /** Ids in the path below it. */
  path?: Record<string, string>;
  /** Who asks: by default the member. */
  by?: string | Actor;
  /** Further ids of the same human. */
  also?: string[];
  today?: string;
}

export interface Outcome {
  /** Exactly these facts follow, in this order; texts and actor where they have some. */
  then(...facts: AnyNewFact[]): Promise<void>;
  thenRefused(code: RejectionCode): Promise<void>;
}

/** Facts, a command, and what follows from it: no store, no vault, no clock. */
export function given(...past: readonly Told[]) {
  return {
    when<C extends keyof States, Body, Context>(
      definition: CommandDefinition<string, C, Body, Context>,
      body: NoInfer<Body> | object,
      asking: Asking = {},
    ): Outcome {
      const outcome = (): Promise<AnyNewFact[]> => decided(past, definition, body, asking);
      return {
        // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits a `when`
        async then(...expected) {
          const facts = await outcome();
          for (const { type, data } of facts) expect(valid(type, data)).to.equal('');
          expect(facts.map(plain)).to.deep.equal(expected.map(plain));
        },
        async thenRefused(code) {
          let facts: AnyNewFact[];
          try {
            facts = await outcome();
          } catch (error) {
            if (!(error instanceof Rejection)) throw error;
            expect(error.code, error.message).to.equal(code);
            return;
          }
          throw new Error(`${code} was expected, but it led to ${JSON.stringify(facts)}`);
        },
      };
    },
  };
}

/** The state of a stream after these facts, folded as for a decision. */
export function stateOf<C extends keyof States>(
  past: readonly Told[],
  category: C,
  subject: string,
): States[C] {
  const stream = streamName(category, subject);
  const facts = past.map((one) => one.fact).filter((one) => one.stream === stream);
  const folding = foldings[category] as Folding<States[C]>;
  const retracted = retractedBy(facts);
  return facts.reduce((state, one) => {
    const evolve = retracted.has(one.id) ? folding.evolveRetracted : folding.evolve;
    return evolve === undefined ? state : evolve(state, one);
  }, folding.initial());
}

async function decided<C extends keyof States, Body, Context>(
  past: readonly Told[],
  definition: CommandDefinition<string, C, Body, Context>,
  body: unknown,
  { of: subject = MEMBER, path = {}, by = MEMBER, also = [], today = TODAY }: Asking,
): Promise<AnyNewFact[]> {
  const actor: Actor = typeof by === 'string' ? { id: by, role: 'member' } : by;
  const command: Command<Body> = {
    id: COMMAND,
    subject,
    path,
    body: definition.body.parse(body),
    actor,
    own: new Set([actor.id, ...also]),
    now: `${today}T09:00:00.000Z`,
    today,
    newKid: FRESH,
  };
  const load: Load = async (category, id) => stateOf(past, category, id);
  const state = stateOf(past, definition.category, subject);
  const context = await definition.context(load, command, state);
  return definition.decide(command, state, context);
}

/** What of a fact breaks its schema, or nothing. */
function valid(type: string, data: unknown): string {
  const result = registry.get(type)?.schema.safeParse(data);
  return result?.success === true ? '' : `${type}: ${result?.error?.message}`;
}

/** A fact without what is undefined or empty, as it would be stored. */
function plain({ type, data, texts = [], actor }: AnyNewFact): unknown {
  const said = texts.filter(({ fields }) => Object.keys(fields).length > 0);
  return JSON.parse(
    JSON.stringify({ type, data, ...(said.length > 0 ? { texts: said } : {}), actor }),
  );
}
