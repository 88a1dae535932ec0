import type { Disclosed } from './about.ts';
import type { Given } from './given.ts';

/** What files of a table that was given out say of how it was made safe. */
export function disclosedBy({ release, table, profile }: Given): Disclosed {
  const { version, name } = profile;
  const { releaseId, standing, profile: published } = table.data;
  return {
    standing,
    disclosure: { release, table: releaseId, published, profile: { version, name } },
  };
}
