import { z } from 'zod';
import { defineFact } from './define.ts';
import { Day, Uuid } from './shapes.ts';

/** Roles that are granted; assessor comes from an appointment, member from a registration. */
export const GrantedRole = z.enum([
  'reviewer',
  'line-manager',
  'organisation-contact',
  'admin',
  'auditor',
  'analyst',
]);
export type GrantedRole = z.infer<typeof GrantedRole>;

export const AuthorityGranted = defineFact({
  type: 'AuthorityGranted',
  category: 'authority',
  says: 'A person may act in a role from a day on, for all or for one organisation.',
  shape: {
    grantId: Uuid,
    role: GrantedRole,
    /** The organisation to which it is limited; absent: all. */
    organisation: Uuid.optional(),
    from: Day,
    until: Day.optional(),
    by: Uuid,
  },
});

export const AuthorityEnded = defineFact({
  type: 'AuthorityEnded',
  category: 'authority',
  says: 'A grant of authority ends on a day (half-open).',
  shape: { grantId: Uuid, until: Day },
});
