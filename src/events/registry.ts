import * as authority from './authority.ts';
import * as capability from './capability.ts';
import * as catalogue from './catalogue.ts';
import * as claim from './claim.ts';
import type { Registry } from './codec.ts';
import * as correction from './correction.ts';
import * as cycle from './cycle.ts';
import type { FactDefinition, FactOf, NewFactOf } from './define.ts';
import * as duplicate from './duplicate.ts';
import * as employment from './employment.ts';
import * as erasure from './erasure.ts';
import * as framework from './framework.ts';
import * as ledger from './ledger.ts';
import * as membership from './membership.ts';
import * as organisation from './organisation.ts';
import * as points from './points.ts';
import * as profile from './profile.ts';
import * as release from './release.ts';
import * as relief from './relief.ts';
import * as review from './review.ts';
import * as scheme from './scheme.ts';
import * as session from './session.ts';
import * as sharing from './sharing.ts';
import * as skill from './skill.ts';

const subjects = {
  ...authority,
  ...capability,
  ...catalogue,
  ...claim,
  ...correction,
  ...cycle,
  ...duplicate,
  ...employment,
  ...erasure,
  ...framework,
  ...ledger,
  ...membership,
  ...organisation,
  ...points,
  ...profile,
  ...release,
  ...relief,
  ...review,
  ...scheme,
  ...session,
  ...sharing,
  ...skill,
};

type Definitions = {
  [K in keyof typeof subjects as (typeof subjects)[K] extends FactDefinition
    ? K
    : never]: (typeof subjects)[K];
};

/** Every fact that this release reads or writes, as one union: a switch over `type` is exhaustive. */
export type AnyFact = FactOf<Definitions[keyof Definitions]>;
/** Every fact that a decision may return. */
export type AnyNewFact = NewFactOf<Definitions[keyof Definitions]>;

/** Every kind of fact by its type. */
export const registry: Registry = new Map(
  Object.values(subjects as Record<string, unknown>)
    .filter(isDefinition)
    .map((definition) => [definition.type, definition]),
);

function isDefinition(value: unknown): value is FactDefinition {
  return typeof value === 'object' && value !== null && 'type' in value && 'upcasters' in value;
}
