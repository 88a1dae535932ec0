import { z } from 'zod';
import type { CommandDefinition } from '../commands/define.ts';
import { type Answer, handle } from '../commands/handle.ts';
import type { Opening } from '../commands/letters.ts';
import type { States } from '../commands/states.ts';
import { commandIdOf, newIdOf } from '../events/ids.ts';
import type { Actor, Metadata } from '../events/shapes.ts';
import type { Told } from '../export/about.ts';
import type { Position } from '../store/event-store.ts';
import type { Caller, May } from './access.ts';
import type { Page } from './pages/html.ts';
import type { Services } from './services.ts';

/** One thing that a caller can do over HTTP: the row that router, OpenAPI, tests and docs all read. */
export interface Operation {
  /** Stable: `operationId` of OpenAPI, the name in a bulk request, the operation in the access log. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** With names in braces, each of them an id: `/v1/members/{member}`. */
  readonly path: string;
  readonly summary: string;
  /** The heading under which the docs show it. */
  readonly tag: string;
  /** Who may; the first that fits is the role in which the caller acts. */
  readonly may: readonly May[];
  /** A command: needs an `Idempotency-Key`, answers with `Ledger-Position`, may be sent in bulk. */
  readonly writes: boolean;
  /** Opens another's sealed text: needs `Access-Reason`, and leaves a row in the access log. */
  readonly opens: boolean;
  readonly query: z.ZodObject;
  /** Absent: takes no body. */
  readonly body: z.ZodType | undefined;
  /** The media type of the body, where it is not JSON. */
  readonly takes: 'application/octet-stream' | undefined;
  /** Absent: answers no JSON, but bytes, text or a page. */
  readonly output: z.ZodType | undefined;
  readonly status: 200 | 201;
  /** Which allowance of the rate limit it draws on. */
  readonly limit: 'read' | 'write' | 'heavy';
  run(services: Services, call: Call): Promise<Reply>;
  /** The whole answer as a file; absent: it is JSON alone, whatever `Accept` says. */
  readonly told: ((services: Services, call: Call) => Promise<Told>) | undefined;
}

/** A call that is parsed and authorised. */
export interface Call<Query = unknown, Body = unknown> {
  caller: Caller;
  actor: Actor;
  /** Ids in the path, by name. */
  path: Readonly<Record<string, string>>;
  query: Query;
  body: Body;
  /** The body as sent, before defaults. */
  raw: unknown;
  /** The bytes as sent, where the operation takes no JSON. */
  bytes: Uint8Array | undefined;
  /** The name that came with the bytes (`File-Name`). */
  fileName: string | undefined;
  /** `Idempotency-Key`; empty for a read. */
  key: string;
  ifMatch: bigint | undefined;
  /** When it was handed in, where an admin says so. */
  submittedOn: Metadata['submittedOn'];
  correlationId: string;
  /** Who opens sealed text of others, why and by what; absent: nobody does. */
  opening: Opening | undefined;
}

export interface Reply {
  body?: unknown;
  /** The body where it stands as JSON text already. */
  json?: string;
  /** Bytes instead of a body. */
  file?: { bytes: Uint8Array; media: string; name: string; described?: true };
  /** A page of HTML instead of a body, to be looked at and printed. */
  page?: Page;
  position?: Position | undefined;
  /** The revision of what is shown. */
  revision?: bigint;
  status?: number;
}

const nothing = z.strictObject({});

/** A row before it stands under a heading. */
export type Row = Omit<Operation, 'tag'>;

/** Puts rows under the heading under which the docs show them. */
export function under(tag: string, rows: readonly Row[]): readonly Operation[] {
  return rows.map((row) => ({ ...row, tag }));
}

/** What every row says. */
type Said = Pick<Operation, 'id' | 'path' | 'summary' | 'may'>;

/** Declares a read: what is not said is a plain GET of JSON. */
export function read<
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(
  row: Said & {
    method?: 'get' | 'post';
    opens?: true;
    query?: Query;
    body?: Body;
    output?: z.ZodType;
    limit?: 'heavy';
    run(services: Services, call: Call<z.output<Query>, z.output<Body>>): Promise<Reply>;
    told?(services: Services, call: Call<z.output<Query>, z.output<Body>>): Promise<Told>;
  },
): Row {
  return {
    ...row,
    method: row.method ?? 'get',
    writes: false,
    opens: row.opens ?? false,
    query: row.query ?? nothing,
    body: row.body,
    takes: undefined,
    output: row.output,
    status: 200,
    limit: row.limit ?? 'read',
    run: row.run as Operation['run'],
    told: row.told as Operation['told'],
  };
}

/** Declares a write that is more than one command. */
export function write<Body extends z.ZodType>(
  row: Said & {
    body?: Body;
    takes?: 'application/octet-stream';
    output?: z.ZodType;
    limit?: 'heavy';
    run(services: Services, call: Call<unknown, z.output<Body>>): Promise<Reply>;
  },
): Row {
  return {
    ...row,
    method: 'post',
    writes: true,
    opens: false,
    query: nothing,
    body: row.body,
    takes: row.takes,
    output: row.output ?? CommandAnswer,
    status: 201,
    limit: row.limit ?? 'write',
    run: row.run as Operation['run'],
    told: undefined,
  };
}

/** Declares a write that is one command on the stream that `subject` names in the path. */
export function command<C extends keyof States, Body>(
  definition: CommandDefinition<string, C, Body, unknown>,
  row: Omit<Said, 'id'> & {
    /** The name in the path whose id is the stream's. */
    subject: string;
    /** What the command brings into being, by the name that its id derives from. */
    makes?: string;
  },
): Row {
  const { subject, makes, ...rest } = row;
  return write({
    ...rest,
    id: definition.name,
    body: definition.body,
    async run(services, call) {
      const id = call.path[subject] ?? '';
      const answer = await handle(services.ledger, requestOf(definition, call, id));
      return replyOf(
        answer,
        makes === undefined ? {} : { [makes]: newIdOf(answer.commandId, makes) },
      );
    },
  });
}

/** Declares a write whose one command begins a stream of its own: its id follows from the command's. */
export function beginning<C extends keyof States, Body>(
  definition: CommandDefinition<string, C, Body, unknown>,
  row: Omit<Said, 'id'>,
): Row {
  const { category } = definition;
  return write({
    ...row,
    id: definition.name,
    body: definition.body,
    async run(services, call) {
      const commandId = commandIdOf(services.ledger.ledgerId, call.actor.id, category, call.key);
      const subject = newIdOf(commandId, category);
      const request = requestOf(definition, call, subject);
      const answer = await handle(services.ledger, { ...request, commandId });
      return replyOf(answer, { [category]: subject });
    },
  });
}

/** A call as a request to `handle`, on the stream with this id. */
export function requestOf<C extends keyof States, Body>(
  definition: CommandDefinition<string, C, Body, unknown>,
  call: Call<unknown, unknown>,
  subject: string,
) {
  const { actor, raw, key, correlationId, ifMatch, submittedOn, caller } = call;
  const path = Object.fromEntries(
    Object.entries(call.path).filter(([name]) => name !== definition.category),
  );
  return {
    definition,
    subject,
    path,
    raw,
    body: call.body as Body,
    key,
    actor,
    own: caller.own,
    correlationId,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(submittedOn === undefined ? {} : { submittedOn }),
  };
}

/** Every answer to a command: ids, revision, and the ids of what it brought into being. */
export const CommandAnswer = z.object({
  commandId: z.uuid(),
  events: z.array(z.object({ id: z.uuid(), type: z.string() })),
  revision: z.string().describe('revision of the last of these events in its stream'),
  repeated: z.boolean().describe('whether this was said before and nothing was written now'),
  ids: z.record(z.string(), z.uuid()).describe('ids of what was brought into being, by kind'),
});

/** The reply to a command, from what was read back. */
export function replyOf(
  answer: Answer,
  ids: Record<string, string> = {},
  more: object = {},
): Reply {
  const { commandId, events, revision, repeated, position } = answer;
  return {
    body: { commandId, events, revision: String(revision), repeated, ids, ...more },
    position,
    revision,
    ...(repeated ? { status: 200 } : {}),
  };
}
