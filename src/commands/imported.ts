import { v4 } from 'uuid';
import { commandIdOf, eventIdOf, newIdOf, streamName } from '../events/ids.ts';
import { keyedUuid, TextsTooLong } from '../events/sealing.ts';
import { type Actor, type Metadata, systemActors } from '../events/shapes.ts';
import { AppendRefused } from '../store/event-store.ts';
import { VaultRefused } from '../vault/vault.ts';
import { beginning, followUpKey } from './begin.ts';
import type { CommandDefinition } from './define.ts';
import { type Answer, handle, type Ledger } from './handle.ts';
import { type Registration, register } from './register.ts';
import { Rejection, refuse } from './rejection.ts';
import type { States } from './states.ts';

/** A row of a file, as commands know it: its text is `<source>/<own id>`, or holds its content and occurrence. */
export interface ImportedRow {
  text: string;
}

/** A command about something that is there. */
export interface Asked<C extends keyof States, Body> {
  definition: CommandDefinition<string, C, Body, unknown>;
  subject: string;
  /** What the definition's schema made of the row. */
  body: Body;
}

/** What a row that began something left: what follows from it cites it. */
export interface Begun extends Answer {
  subject: string;
  factId: string;
}

/** The commands of an import: the system actor's, on behalf of who runs it, with the keys that the contract gives to rows. */
export type Importer = ReturnType<typeof importer>;

/**
 * Runs commands for rows of a file. The same row of the same source is the same command, whoever imports it and
 * however often (contract, 1).
 *
 * @param onBehalfOf the person who imports
 */
export function importer(ledger: Ledger, onBehalfOf: string | undefined) {
  const { ledgerId, vault } = ledger;
  const correlationId = v4();
  const actor: Actor = {
    id: systemActors.import,
    role: 'import',
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
  const who = { actor, own: new Set(onBehalfOf === undefined ? [] : [onBehalfOf]), correlationId };

  const beginningOf = (category: keyof States, row: ImportedRow) => {
    const key = keyedUuid(vault.ledgerKey.digest, row.text);
    return { key, ...beginning(ledgerId, actor.id, category, key) };
  };

  return {
    ledger,

    /** The id that the row's thing has, or will have. */
    idOf: (category: keyof States, row: ImportedRow): string => beginningOf(category, row).subject,

    /** Begins a stream where no member is concerned. */
    async begin<C extends keyof States, Body>(
      row: ImportedRow,
      { definition, body }: Omit<Asked<C, Body>, 'subject'>,
    ): Promise<Begun> {
      const { key, commandId, subject } = beginningOf(definition.category, row);
      const request = { definition, body, raw: body, key, commandId, subject, ...who };
      const answer = await handle(ledger, request);
      const factId = eventIdOf(commandId, streamName(definition.category, subject), 0);
      return { ...answer, subject, factId };
    },

    /** A command about something that is there, where no member is concerned. */
    async ask<C extends keyof States, Body>(
      row: ImportedRow,
      { definition, subject, body }: Asked<C, Body>,
    ): Promise<Answer> {
      const key = keyedUuid(vault.ledgerKey.digest, row.text);
      return handle(ledger, { definition, subject, body, raw: body, key, ...who });
    },

    /** The id of what that command brings into being, by its name. */
    mintedIn(category: keyof States, subject: string, row: ImportedRow, name: string): string {
      const key = keyedUuid(vault.ledgerKey.digest, row.text);
      return newIdOf(commandIdOf(ledgerId, actor.id, streamName(category, subject), key), name);
    },

    /** Registers a member. @throws what `register` throws */
    async register(row: ImportedRow, body: Registration['body']): Promise<Begun> {
      const key = vault.numberUuid(body.number, row.text);
      const answer = await register(ledger, { body, raw: body, key, ...who });
      const factId = eventIdOf(answer.commandId, streamName('member', answer.person), 0);
      return { ...answer, subject: answer.person, factId };
    },

    /** A command about a member, under a key of theirs. `submittedOn` is part of what the row says. */
    async ofMember<Body>(
      row: ImportedRow,
      { definition, subject, body }: Asked<'member', Body>,
      submittedOn: string | undefined,
    ): Promise<Answer> {
      const { state } = await ledger.streams.load('member', subject);
      const identity = await vault.key(state.membership.kid);
      if (typeof identity === 'string') refuse('erased', 'this person was erased');
      const key = keyedUuid(identity.digest, row.text);
      const base = { definition, subject, body, key, ...who };
      if (submittedOn === undefined) return handle(ledger, { ...base, raw: body });
      const handedIn: Metadata['submittedOn'] = { on: submittedOn, source: 'old-system' };
      return handle(ledger, { ...base, raw: [body, submittedOn], submittedOn: handedIn });
    },

    /** What follows from the fact that a row began: with `body` undefined, the row asks it no more. */
    async follow<C extends keyof States, Body>(
      begun: Begun,
      { definition, body }: { definition: Asked<C, Body>['definition']; body: Body | undefined },
    ): Promise<Answer | undefined> {
      const key = followUpKey(begun.factId, definition.name, '');
      const request = {
        definition,
        subject: begun.subject,
        key,
        causationId: begun.factId,
        ...who,
      };
      if (body !== undefined) return handle(ledger, { ...request, body, raw: body });
      const { category } = definition;
      const stream = streamName(category, begun.subject);
      const { commands } = await ledger.streams.load(category, begun.subject);
      if (commands.has(commandIdOf(ledgerId, actor.id, stream, key))) {
        refuse('key-reused', `an earlier row asked ${definition.name}, and this one does not`);
      }
      return undefined;
    },
  };
}

/** Why a row was refused, whichever part of the ledger refused it; undefined for an error of another kind. */
export function refusalOf(error: unknown): { code: string; message: string } | undefined {
  if (error instanceof Rejection || error instanceof VaultRefused) {
    // A row is the one line of its claim, and stands on another line of its file.
    return { code: error.code, message: error.message.replace(/^line 1:? /, 'it ') };
  }
  if (error instanceof AppendRefused || error instanceof TextsTooLong) {
    return { code: 'too-large', message: error.message };
  }
  return undefined;
}
