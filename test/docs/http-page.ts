import { waysIn } from '../../src/http/handed-in.ts';
import { nameOf } from '../../src/http/openapi.ts';
import type { Operation } from '../../src/http/operation.ts';
import { accessReasons } from '../../src/http/perform.ts';
import { fileMedia } from '../../src/http/report-file.ts';
import { operations } from '../../src/http/table.ts';
import { fieldsOf, tableOf, typeOf } from './shape.ts';

/** Every operation: who may, what it takes, what it answers, what is refused. */
export function httpPage(): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))].sort();
  const of = (tag: string) => operations.filter((row) => row.tag === tag);
  const parts = [
    '# HTTP',
    '',
    introduction,
    '',
    ...tags.flatMap((tag) => [
      `- [${tag}](#${tag}): ${of(tag)
        .map(({ id }) => `[${id}](#${id})`)
        .join(', ')}`,
    ]),
    '',
    ...tags.flatMap((tag) => [`## ${tag}`, '', ...of(tag).flatMap(operationPart)]),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

const introduction = `Made from the table in \`src/http/table.ts\`: ${operations.length} operations. The same stands for programs in
\`/openapi.json\`, and can be browsed at \`/docs/\`. Who may do what, on one page: [roles.md](roles.md).

- **Sign in** with \`Authorization: Bearer TOKEN\`. A token says who, never what they may do.
- **A write** needs \`Idempotency-Key\`, a UUID in lower case: new for each command, the same for a retry. It answers 201
  with \`Ledger-Position\`, or 200 where the command was answered before. It may name in \`If-Match\` the \`ETag\` of what was
  looked at.
- **An admin who enters what another handed in** may say when and how: \`Submitted-On: 2026-01-31\` and
  \`Submitted-By\`, one of ${waysIn.map((way) => `\`${way}\``).join(', ')}; in a row of \`bulk\`, \`submittedOn\` and
  \`submittedBy\`. From anybody else it is refused (\`submission-forbidden\`). It is no part of what makes a retry the same.
- **A read** may send that position back as \`Ledger-At-Least\`: it then sees that write, or is 503 after 2 seconds.
- **A report** is sent as ${fileMedia.map((media) => `\`${media}\``).join(', ')} where \`Accept\` asks for
  it: figures, a spreadsheet of all of it, and what it is. Where that goes, its operation says so.
- **Sealed text** of others is opened only with \`Access-Reason\`: ${accessReasons.map((code) => `\`${code}\``).join(', ')}.
- **A problem** is \`application/problem+json\` (RFC 9457) with a stable \`code\`: [problems.md](problems.md). A request may
  be refused with \`signed-out\`, \`not-linked\` or \`forbidden\` for who asks; \`input-wrong\`, \`header-wrong\` or
  \`body-malformed\` for its form; and a write, besides, with \`key-reused\`, \`precondition-failed\`, \`contended\`, or a rule's
  refusal by name.
- **Shapes** that facts share (decision, quantity, ...) are described in [facts.md](facts.md#shared-shapes).`;

function operationPart(row: Operation): string[] {
  const { id, method, path, summary, may, takes, body, query, output, status, writes, opens } = row;
  const { told } = row;
  const who = may.map(nameOf).join(', ');
  const notes = [
    `May be done by: ${who}.`,
    ...(opens ? ['Opens sealed text: `Access-Reason`.'] : []),
    ...(told === undefined ? [] : ['Sent as a file, too, where `Accept` asks for one.']),
    ...(takes === undefined ? [] : ['The body is the bytes of a file; `File-Name` names it.']),
  ];
  return [
    `### ${id}`,
    '',
    `\`${method.toUpperCase()} ${path}\``,
    '',
    summary,
    notes.join(' '),
    '',
    ...described('Query', query, 'input'),
    ...(body === undefined ? [] : described('Body', body, 'input')),
    ...(output === undefined
      ? [path.endsWith('.html') ? 'Answers a page of HTML.' : 'Answers the bytes of the file.', '']
      : writes && isCommandAnswer(output)
        ? [`Answers ${status} with what was written.`, '']
        : described(`Answer (${status})`, output, 'output')),
  ];
}

function isCommandAnswer(output: NonNullable<Operation['output']>): boolean {
  return fieldsOf(output, 'output').some(({ path }) => path === 'commandId');
}

function described(
  what: string,
  schema: NonNullable<Operation['body']>,
  io: 'input' | 'output',
): string[] {
  const table = tableOf(fieldsOf(schema, io, 'facts.md'));
  if (table.length > 0) return [`${what}:`, '', ...table];
  return what === 'Query' ? [] : [`${what}: ${typeOf(schema, io, 'facts.md')}.`, ''];
}
