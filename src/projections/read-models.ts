import { capability } from './capability/capability.ts';
import { capabilitySociety } from './capability/society.ts';
import { support } from './capability/support-rows.ts';
import { claims } from './claims.ts';
import { decisions } from './decisions.ts';
import { evidence } from './evidence.ts';
import type { Projection } from './projection.ts';
import { registered } from './registered.ts';
import { standing } from './standing.ts';

/** Every read model that is kept in `views.db`, in the order in which facts are given to them. */
export const readModels: readonly Projection[] = [
  claims,
  decisions,
  evidence,
  registered,
  standing,
  capability,
  capabilitySociety,
  support,
];
