import { HELD } from '../../events/framework.ts';
import type { Database } from '../../store/driver.ts';
import type { Asked } from './asked.ts';
import { dayText } from './days.ts';
import type { Moment } from './moments.ts';
import { DECLARATIONS } from './queries.ts';

/** What a body says of itself, as its last word on a skill and level by the day. */
export interface DeclarationTold {
  /** The body that said it: one that this one took the place of, it may be. */
  organisation: string;
  skill: string;
  level?: string;
  headcount: number;
  of: number;
  asOf: string;
  by: string;
  /** Places of the skills that it is in the versions told. */
  targets: number[];
}

interface Row {
  organisation: string;
  framework: string;
  version: number;
  skill: string;
  level: string | null;
  headcount: number;
  of: number;
  as_of: number;
  by: string;
}

/** Declarations by the body at which they stand on the day. */
export function declarationsOf(
  database: Database,
  { end, terms }: Asked,
  { day, places }: Moment,
): Map<string, DeclarationTold[]> {
  const rows = database.prepare(DECLARATIONS).all(end, day) as Row[];
  const last = new Map<string, Row>();
  for (const row of rows) last.set([row.organisation, row.skill, row.level].join('/'), row);
  const found = new Map<string, DeclarationTold[]>();
  for (const { organisation, framework, version, as_of, level, ...row } of last.values()) {
    const { council } = places.of(organisation);
    const targets = terms.carried(framework, version, row.skill, level ?? HELD);
    const told = {
      organisation,
      ...row,
      ...(level === null ? {} : { level }),
      asOf: dayText(as_of),
      targets: targets.map(({ skill }) => skill),
    };
    found.set(council, [...(found.get(council) ?? []), told]);
  }
  return found;
}
