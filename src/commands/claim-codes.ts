import type { z } from 'zod';
import { fits } from '../events/accepts.ts';
import { ActivityLevel, ActivityRole, Delivery, Topic } from '../events/codes.ts';
import { type CodeField, codeFields, codesNamedBy } from '../scheme/rulebook-codes.ts';
import { refuse } from './rejection.ts';
import type { JoinedSchemes } from './schemes-of-member.ts';

interface Described {
  attributes?:
    | { role?: string | undefined; level?: string | undefined; delivery?: string | undefined }
    | undefined;
  topics?: readonly string[] | undefined;
}

const lists: Record<CodeField, z.ZodType<string>> = {
  roles: ActivityRole,
  levels: ActivityLevel,
  delivery: Delivery,
  topics: Topic,
};

/**
 * Refuses a code that is neither on the closed list nor named by a rulebook of the member's schemes
 * (docs/adr/0006-closed-lists-at-the-door.md): a code that anybody may make up is free text by another name.
 */
export function knownCodes(
  schemes: JoinedSchemes,
  { attributes = {}, topics = [] }: Described,
): void {
  const { role, level, delivery } = attributes;
  const given: Record<CodeField, readonly (string | undefined)[]> = {
    roles: [role],
    levels: [level],
    delivery: [delivery],
    topics,
  };
  for (const field of codeFields) {
    for (const code of given[field]) {
      if (code === undefined || fits(lists[field], code)) continue;
      if (!schemes.some((one) => isNamed(one, field, code))) {
        refuse('code-unknown', `${code} is on no list of ${field}, and no rulebook names it`);
      }
    }
  }
}

function isNamed({ scheme }: JoinedSchemes[number], field: CodeField, code: string): boolean {
  return scheme.rulebooks.some(({ rulebook }) => codesNamedBy(rulebook, field).has(code));
}
