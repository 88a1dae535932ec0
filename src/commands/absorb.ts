import { commandIdOf, streamName } from '../events/ids.ts';
import { absorbDuplicate, mergeInto } from './duplicate.ts';
import { type Answer, handle, type Ledger, type Request } from './handle.ts';
import { PreconditionFailed } from './rejection.ts';

type Absorbing = Omit<Request<'member', { duplicate: string }>, 'definition'>;

/**
 * Makes one human of two ids: `MergedInto` in the duplicate's stream, then `Absorbed` in the survivor's, with the
 * first as its cause. The duplicate's stream decides, so that of two survivors who ask at once one is refused and
 * nothing stays in its stream. A retry, or whoever asks the same again, goes on where a stop came between the two.
 * `ifMatch` is of the survivor, and looked at before the first.
 *
 * @throws Rejection `already-absorbed`, `own-duplicate`, `member-unknown`, `merged`, `erased`; PreconditionFailed;
 *   and what `handle` throws
 */
export async function absorb(ledger: Ledger, request: Absorbing): Promise<Answer> {
  const { ifMatch, ...asked } = request;
  const { commands, revision } = await ledger.streams.load('member', asked.subject);
  const stream = streamName('member', asked.subject);
  const told = commands.has(commandIdOf(ledger.ledgerId, asked.actor.id, stream, asked.key));
  if (!told) {
    if (ifMatch !== undefined && ifMatch !== revision) {
      throw new PreconditionFailed(`the revision is ${revision}, not ${ifMatch}`);
    }
    await merge(ledger, asked);
  }
  const causationId = await mergerOf(ledger, asked);
  return handle(ledger, {
    ...asked,
    definition: absorbDuplicate,
    ...(causationId === undefined ? {} : { causationId }),
  });
}

/** Merges the duplicate, unless it is merged into this survivor already, who has yet to absorb it. */
async function merge(ledger: Ledger, request: Absorbing): Promise<void> {
  const { subject: survivor, body: asked } = request;
  const { absorbed } = (await ledger.streams.load('member', survivor)).state.erasure;
  const { mergedInto } = (await ledger.streams.load('member', asked.duplicate)).state.erasure;
  if (mergedInto === survivor && !absorbed.has(asked.duplicate)) return;
  const body = { survivor };
  const { duplicate: subject } = asked;
  await handle(ledger, { ...request, definition: mergeInto, subject, raw: body, body });
}

/** The id of the `MergedInto` in the duplicate's stream. */
async function mergerOf(ledger: Ledger, { body }: Absorbing): Promise<string | undefined> {
  const { commands } = await ledger.streams.load('member', body.duplicate);
  const events = [...commands.values()].flatMap((trace) => trace.events);
  return events.findLast(({ type }) => type === 'MergedInto')?.id;
}
