import { v4 } from 'uuid';
import type { Registration } from '../../src/commands/register.ts';

/** Where the process that registers is killed: with the number reserved, or with the fact written. */
export type StopAt = 'before-append' | 'after-append';

export interface Asked {
  number: string;
  on: string;
  key: string;
  person?: string;
}

const admin = '5f0c8d0e-30a4-4d6c-9d2a-6f3f8f1a2b3c';

/** A registration by an admin, as it comes in. */
export function registration({ number, on, key, person }: Asked): Registration {
  const body = { name: 'Invented Person', number, grade: 'full', on };
  return {
    body,
    raw: body,
    key,
    actor: { id: admin, role: 'admin' },
    own: new Set([admin]),
    correlationId: v4(),
    ...(person === undefined ? {} : { person }),
  };
}
