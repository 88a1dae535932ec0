import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rejection, type RejectionCode } from '../../src/commands/rejection.ts';
import { problemOf } from '../../src/http/problem.ts';
import { type VaultRefusal, VaultRefused } from '../../src/vault/vault.ts';
import { httpProblems, refusals, vaultRefusals } from './meanings.ts';

/** Every stable code, with its status and meaning. */
export function problemsPage(): string {
  const found = statusesInSource();
  const parts = [
    '# Problems',
    '',
    introduction,
    '',
    '## Refused by a rule',
    '',
    ...table(refusals, (code) =>
      String(problemOf(new Rejection(code as RejectionCode, '')).status),
    ),
    '## Refused by the request',
    '',
    ...table(httpProblems, (code) => [...(found.get(code) ?? [])].sort().join(', ')),
    '## Refused by the vault',
    '',
    ...table(vaultRefusals, (code) =>
      String(problemOf(new VaultRefused(code as VaultRefusal, '')).status),
    ),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

const introduction = `Every problem is \`application/problem+json\` (RFC 9457): \`type\` (\`urn:skills-ledger:problem:CODE\`), \`title\`,
\`status\`, \`code\`, \`detail\` (what was wrong and what would be right) and \`instance\` (the request's id, as in the log). A
program decides on \`code\`: it is stable, while details may be worded better. Where a request is refused, nothing was
written; a row of a bulk request is refused alone.

Statuses: 400 the request's form, 401 not signed in, 403 who may not, 404 not there, 409 not now (the state of things is
another), 410 erased, 412 somebody wrote meanwhile, 422 the content of the body, 429 and 503 try again later.`;

function table(meanings: Record<string, string>, statusOf: (code: string) => string): string[] {
  const rows = Object.entries(meanings).map(([code, says]) => {
    const status = statusOf(code);
    if (status === '') throw new Error(`no status of ${code} was found in src/http`);
    return `| \`${code}\` | ${status} | ${says} |`;
  });
  return ['| Code | Status | Meaning |', '|---|---|---|', ...rows, ''];
}

/** The statuses with which HTTP's own problems are thrown: they stand beside the code, where it is thrown. */
function statusesInSource(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const folder = join('src', 'http');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, statuses, code] of text.matchAll(/Problem\(\s*([^,()]+?),\s*'([a-z-]+)'/g)) {
      for (const status of (statuses ?? '').match(/\b[45]\d\d\b/g) ?? []) {
        found.set(code ?? '', (found.get(code ?? '') ?? new Set()).add(status));
      }
    }
  }
  return found;
}
