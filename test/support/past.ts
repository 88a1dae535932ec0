import type { AnyNewFact } from '../../src/events/registry.ts';
import type { Actor, Decision } from '../../src/events/shapes.ts';
import { systemActors } from '../../src/events/shapes.ts';
import { plainKind, plainRulebook } from './plain-rulebook.ts';
import { type DataOf, fact, idOf, kidOf, MEMBER, type Told } from './specification.ts';

/** A small past for specifications: one scheme, one member, one claim of two lines, and those who decide. */
export const SCHEME = idOf('scheme');
export const ASSESSOR = idOf('assessor');
export const SECOND = idOf('second assessor');
export const ADMIN = idOf('admin');
export const CLAIM = idOf('claim');
export const RULES = idOf('rulebook');
export const [ONE, TWO] = [idOf('line one'), idOf('line two')];
export const admin: Actor = { id: ADMIN, role: 'admin' };

/** Course: a point an hour, by approval. Reading: half a point an hour, counted on recording. */
export const rulebook = plainRulebook(
  [
    plainKind('course', { category: 'training', points: 100 }),
    plainKind('mentoring', { category: 'giving', points: 300, measure: 'day' }),
    plainKind('reading', { category: 'study', points: 50, accept: 'recording' }),
  ],
  [{ grade: 'full', points: 2_000 }],
);

export function published(version = 1, effectiveFrom = '2020-01-01', scheme = SCHEME): Told {
  const id = version === 1 && scheme === SCHEME ? RULES : idOf(`rules ${scheme} ${version}`);
  return fact(
    'RulebookPublished',
    { version, effectiveFrom, rulebook },
    { of: scheme, id, by: ADMIN },
  );
}

export function registered(person = MEMBER): Told {
  const data = { person, kid: kidOf(`identity of ${person}`), grade: 'full', on: '2024-01-01' };
  return fact('Registered', data, { of: person, by: ADMIN });
}

export function joined(person = MEMBER, on = '2024-01-01', scheme = SCHEME): Told {
  return fact('SchemeJoined', { scheme, on, anchor: on }, { of: person, by: ADMIN });
}

export function appointed(
  person = ASSESSOR,
  more: Partial<DataOf<'AssessorAppointed'>> = {},
): Told {
  const data = {
    appointmentId: appointmentOf(person),
    person,
    delegates: [],
    from: '2024-01-01',
    ...more,
  };
  return fact('AssessorAppointed', data, { of: SCHEME, by: ADMIN });
}

export const appointmentOf = (person: string): string => idOf(`appointment of ${person}`);

type Line = DataOf<'Claimed'>['lines'][number];

export function line(lineId: string, more: Partial<Line> = {}): Line {
  return {
    lineId,
    kind: 'course',
    quantity: { amount: 180, unit: 'minute' },
    from: '2026-01-12',
    until: '2026-01-13',
    attributes: {},
    topics: [],
    ...more,
  };
}

export function claimed(lines: Line[] = [line(ONE), line(TWO)], by: string | Actor = MEMBER): Told {
  return fact('Claimed', { claimId: CLAIM, kid: kidOf('claim'), lines }, { by });
}

/** By the rule, on behalf of who kept a register. */
export function theRuleFor(person: string): Actor {
  return { id: systemActors.rule, role: 'rule', onBehalfOf: person };
}

export function decision(by: string, more: Partial<Decision> = {}): Decision {
  return {
    decidedBy: [by],
    decidedOn: '2026-03-10',
    capacity: 'assessor',
    under: appointmentOf(by),
    interests: [],
    reasons: [],
    ...more,
  };
}

export function award(points: number, category = 'training') {
  const rules = { version: 1, eventId: RULES };
  return { scheme: SCHEME, rulebook: rules, category, topics: [], points };
}

export const APPROVAL = idOf('approval');

export function approvedLine(lineId: string, minutes = 180) {
  return {
    lineId,
    accepted: { amount: minutes, unit: 'minute' as const },
    awards: [award(Math.round((minutes * 100) / 60))],
    skills: [],
  };
}

export function approved(lines: string[], id = APPROVAL, by = ASSESSOR): Told {
  const data = {
    claimId: CLAIM,
    decision: decision(by),
    lines: lines.map((lineId) => approvedLine(lineId)),
  };
  return fact('ClaimApproved', data, { id, by });
}

export const REJECTION = idOf('rejection');

export function rejected(lines: string[], id = REJECTION, by = ASSESSOR): Told {
  return fact('ClaimRejected', { claimId: CLAIM, lines, decision: decision(by) }, { id, by });
}

export function revoked(
  lines: string[],
  effect: DataOf<'ApprovalRevoked'>['effect'] = { kind: 'void' },
  approval = APPROVAL,
): Told {
  const data = { claimId: CLAIM, approval, lines, effect, decision: decision(SECOND) };
  return fact('ApprovalRevoked', data, { by: SECOND });
}

export const APPEAL = idOf('appeal');
export const lodged = (rejection = REJECTION, id = APPEAL): Told =>
  fact('AppealLodged', { claimId: CLAIM, decision: rejection }, { id });
export const upheld = (appeal = APPEAL): Told =>
  fact('AppealUpheld', { claimId: CLAIM, appeal, decision: decision(SECOND) }, { by: SECOND });

export const REVIEW = idOf('review');
export const underReview = (approval = APPROVAL): Told =>
  fact(
    'ReviewOpened',
    { claimId: CLAIM, approval, decision: decision(SECOND) },
    { id: REVIEW, by: SECOND },
  );

export const withdrawn = (): Told => fact('ClaimWithdrawn', { claimId: CLAIM });
export const returned = (): Told =>
  fact('ClaimReturned', { claimId: CLAIM, decision: decision(ASSESSOR) }, { by: ASSESSOR });

/** Scheme with rules and two assessors, and a member in it. */
export const society: readonly Told[] = [
  published(),
  appointed(ASSESSOR),
  appointed(SECOND),
  registered(),
  joined(),
];

/** What is expected of a decision's text: under the claim's key. */
export function saying(reason: string): NonNullable<AnyNewFact['texts']> {
  return [{ kid: kidOf('claim'), fields: { reason } }];
}
