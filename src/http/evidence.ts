import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';
import { attachEvidence, evidenceIdOf, Link } from '../commands/claim.ts';
import { handle } from '../commands/handle.ts';
import { openedFacts } from '../commands/opened.ts';
import { Rejection } from '../commands/rejection.ts';
import { commandIdOf, streamName } from '../events/ids.ts';
import { text } from '../events/shapes.ts';
import { limits } from '../limits.ts';
import { claimOf } from './claim.ts';
import {
  type Call,
  type Operation,
  type Reply,
  read,
  replyOf,
  requestOf,
  under,
  write,
} from './operation.ts';
import { Problem } from './problem.ts';
import type { Services } from './services.ts';

/** Kinds of file that are evidence, as their content tells, and how their names end. */
const kinds = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
} as const;
type Kind = keyof typeof kinds;

export const evidenceOperations: readonly Operation[] = under('claims', [
  write({
    id: 'attach-link',
    path: '/v1/members/{member}/claims/{claim}/evidence',
    summary: 'Attach a link to a claim.',
    may: ['own', 'admin'],
    body: z.strictObject({ link: Link }),
    async run(services, call) {
      const member = call.path['member'] ?? '';
      const answer = await handle(services.ledger, requestOf(attachEvidence, call, member));
      return replyOf(answer, { evidence: evidenceIdOf(answer.commandId) });
    },
  }),
  write({
    id: 'attach-file',
    path: '/v1/members/{member}/claims/{claim}/files',
    summary:
      'Attach a PDF or a picture of at most 10 MiB, its bytes as the body, its name in File-Name (percent-encoded).',
    may: ['own', 'admin'],
    takes: 'application/octet-stream',
    limit: 'heavy',
    run: attachFile,
  }),
  read({
    id: 'open-evidence',
    path: '/v1/members/{member}/claims/{claim}/evidence/{evidence}',
    summary: 'A file of evidence, opened; of a link its address.',
    may: ['own', 'admin', 'auditor', 'reviewer', 'assessor'],
    opens: true,
    limit: 'heavy',
    run: openEvidence,
  }),
]);

async function attachFile(services: Services, call: Call): Promise<Reply> {
  const bytes = call.bytes ?? new Uint8Array();
  const media = await kindOf(bytes);
  const named = text(limits.shortText).safeParse(call.fileName);
  if (!named.success) {
    throw new Problem(
      400,
      'header-wrong',
      'File-Name is expected: the name of the file, percent-encoded',
    );
  }
  const fileName = named.data;
  await claimOf(services, call.path);
  const { ledger, evidence } = services;
  const stream = streamName('member', call.path['member'] ?? '');
  const commandId = commandIdOf(ledger.ledgerId, call.actor.id, stream, call.key);
  const place = { ledgerId: ledger.ledgerId, stream, evidenceId: evidenceIdOf(commandId) };
  const key = await ledger.vault.takeKey();
  // On disk before the fact: a fact never names a file that is not there.
  const { blob } = await evidence.put({ bytes, key, place });
  const file = { blob, media, bytes: bytes.length };
  const request = {
    ...requestOf(attachEvidence, { ...call, body: { fileName, file } }, call.path['member'] ?? ''),
    raw: { fileName },
    files: [createHash('sha256').update(bytes).digest('hex')],
    mintedKey: key,
  };
  try {
    const answer = await handle(ledger, request);
    if (answer.repeated) await discard(services, blob, key.kid);
    return replyOf(answer, { evidence: evidenceIdOf(answer.commandId) });
  } catch (error) {
    if (error instanceof Rejection) await discard(services, blob, key.kid);
    throw error;
  }
}

/** What no fact names is not kept. */
async function discard({ ledger, evidence }: Services, blob: string, kid: string): Promise<void> {
  await evidence.delete(blob);
  ledger.vault.giveBack(kid);
}

async function kindOf(bytes: Uint8Array): Promise<Kind> {
  const found = bytes.length === 0 ? undefined : await fileTypeFromBuffer(bytes);
  const media = (Object.keys(kinds) as Kind[]).find((kind) => kind === found?.mime);
  if (media !== undefined) return media;
  const what = bytes.length === 0 ? 'nothing' : (found?.mime ?? 'something else');
  throw new Problem(
    422,
    'file-wrong',
    `by its content this is ${what}; a PDF or a PNG, JPEG, WebP or GIF picture is expected`,
  );
}

async function openEvidence(services: Services, { path }: Call): Promise<Reply> {
  const claim = await claimOf(services, path);
  const evidenceId = path['evidence'] ?? '';
  const found = claim.evidence.get(evidenceId);
  if (found === undefined) throw new Problem(404, 'not-found', 'this claim has no such evidence');
  const { ledger } = services;
  const key = await ledger.vault.key(found.kid);
  if (typeof key === 'string') throw new Problem(410, 'erased', 'this evidence was erased');
  const member = path['member'] ?? '';
  const mine = await openedFacts(
    ledger,
    member,
    (fact) => fact.type === 'EvidenceAttached' && fact.data.evidenceId === evidenceId,
  );
  const texts = mine[0]?.texts ?? {};
  if (found.blob === undefined) return { body: { link: texts['link'] } };
  const place = { ledgerId: ledger.ledgerId, stream: `member-${member}`, evidenceId };
  const bytes = await services.evidence.get(found.blob, key, place);
  const media = await kindOf(bytes);
  return { file: { bytes, media, name: nameFor(media, texts['fileName'] ?? 'evidence') } };
}

/** A name under which the file opens as what it is: one that is a page as well as a picture never opens as a page. */
function nameFor(media: Kind, name: string): string {
  const shown = name.replace(DIRECTION, '');
  const endings = kinds[media];
  const fits = endings.some((ending) => shown.toLowerCase().endsWith(ending));
  return fits ? shown : `${shown}${endings[0]}`;
}

/** Characters that turn the direction of writing, so that a name would seem to end in something else. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
