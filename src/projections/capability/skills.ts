import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import { withoutRetracted } from '../../events/retraction.ts';
import type { Database } from '../../store/driver.ts';
import type { Following, ViewFact } from '../projection.ts';
import { openRows } from '../rows.ts';
import {
  afterFact,
  type CreditFact,
  ended,
  isCreditFact,
  type Observed,
  type Skill,
  skillOf,
  termNumber,
} from './credits.ts';
import { dayNumber } from './days.ts';
import type { Members } from './members.ts';

/**
 * Skills at levels, as they were credited: each by the index of the fact that credited it and its place therein. What
 * a later fact names by an id (a credit, an approval) is found in `capability_credits`.
 */
export const skillTables: readonly string[] = [
  `CREATE TABLE capability_skills (
    member INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    place INTEGER NOT NULL,
    recorded_from INTEGER NOT NULL,
    recorded_until INTEGER,
    effective_from INTEGER NOT NULL,
    effective_until INTEGER,
    valid_until INTEGER,
    term INTEGER NOT NULL,
    source TEXT NOT NULL,
    fact INTEGER NOT NULL,
    PRIMARY KEY (member, credit, place, recorded_from, effective_from)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE capability_credits (
    member INTEGER NOT NULL,
    id TEXT NOT NULL,
    credit INTEGER NOT NULL,
    of TEXT NOT NULL,
    PRIMARY KEY (member, id)
  ) STRICT, WITHOUT ROWID`,
];

export const skillTypes = [
  'SkillCredited',
  'SkillReassessed',
  'SkillEnded',
  'ClaimApproved',
  'ApprovalRevoked',
  'ReviewOverturned',
] as const satisfies readonly AnyFact['type'][];

interface Credit {
  member: number;
  /** Index of the fact that credited it. */
  credit: number;
  place: number;
}

interface NewRow extends Credit {
  at: number;
  row: Observed;
}

const COLUMNS = 11;

export function openSkills(database: Database, members: Members): Following {
  const rows = openRows(database, COLUMNS, 'INSERT INTO capability_skills');
  const credits = openRows(database, 4, 'INSERT INTO capability_credits');
  const close = database.prepare(
    `UPDATE capability_skills SET recorded_until = ? WHERE member = ? AND credit = ? AND place = ?
     AND effective_from = ? AND recorded_until IS NULL`,
  );
  const open = database.prepare(
    `SELECT term, source, effective_from AS "from", effective_until AS until, valid_until AS validUntil, fact
     FROM capability_skills
     WHERE member = ? AND credit = ? AND place = ? AND recorded_until IS NULL ORDER BY effective_from`,
  );
  const find = database.prepare(
    'SELECT credit, of FROM capability_credits WHERE member = ? AND id = ?',
  );
  let waiting: NewRow[] = [];
  const waitingFor = new Set<number>();
  let known: { member: number; id: string; credit: number; of: unknown }[] = [];

  const flush = (): void => {
    waiting.sort((a, b) => a.member - b.member || a.at - b.at || a.place - b.place);
    for (const { member, credit, place, at, row } of waiting) {
      const { from, until, validUntil, term, source, fact } = row;
      rows.add(member, credit, place, at, null, from, until, validUntil, term, source, fact);
    }
    rows.flush();
    known.sort((a, b) => a.member - b.member);
    for (const { member, id, credit, of } of known) {
      credits.add(member, id, credit, JSON.stringify(of));
    }
    credits.flush();
    waiting = [];
    known = [];
    waitingFor.clear();
  };
  const add = (row: NewRow): void => {
    waiting.push(row);
    waitingFor.add(row.member);
  };
  const begin = (fact: ViewFact, id: string, of: unknown): number => {
    const member = members.numberOf(streamParts(fact.stream).id, fact.index);
    known.push({ member, id, credit: fact.index, of });
    return member;
  };
  /** What was credited under an id, with all rows where they are asked for. */
  const found = (
    fact: ViewFact,
    id: string,
  ): { member: number; credit: number; of: string } | undefined => {
    const member = members.numberOf(streamParts(fact.stream).id, fact.index);
    if (waitingFor.has(member)) flush();
    const row = find.get(member, id) as { credit: number; of: string } | undefined;
    return row && { member, ...row };
  };
  const openRowsOf = ({ member, credit, place }: Credit): Observed[] =>
    (open.all(member, credit, place) as Observed[]).map((row) => ({ ...row }));
  const replace = (
    of: Credit,
    at: number,
    before: readonly Observed[],
    after: readonly Observed[],
  ): void => {
    const texts = (all: readonly Observed[]) => new Set(all.map((row) => JSON.stringify(row)));
    const [old, now] = [texts(before), texts(after)];
    for (const row of before) {
      if (!now.has(JSON.stringify(row))) close.run(at, of.member, of.credit, of.place, row.from);
    }
    for (const row of after) if (!old.has(JSON.stringify(row))) add({ ...of, at, row });
  };
  const approve = (fact: Extract<ViewFact, { type: 'ClaimApproved' }>): void => {
    const credited = fact.data.lines.flatMap(({ lineId, skills }) =>
      skills.map((skill) => ({ lineId, ...skill })),
    );
    if (credited.length === 0) return;
    const member = begin(
      fact,
      fact.id,
      credited.map(({ lineId }) => lineId),
    );
    const from = dayNumber(fact.data.decision.decidedOn);
    for (const [place, { framework, skill, level }] of credited.entries()) {
      const term = termNumber({
        framework: framework.id,
        version: framework.version,
        skill,
        level,
      });
      const row = { term, source: 'claim', from, until: null, validUntil: null, fact: fact.index };
      add({ member, credit: fact.index, place, at: fact.index, row });
    }
  };
  /** Approved lines, all unless some are named, are void or end on a day. */
  const revoke = (
    fact: ViewFact,
    approval: string,
    { lines, until }: { lines?: readonly string[]; until?: string },
  ): void => {
    const approved = found(fact, approval);
    if (approved === undefined) return;
    for (const [place, lineId] of (JSON.parse(approved.of) as string[]).entries()) {
      if (lines !== undefined && !lines.includes(lineId)) continue;
      const { member, credit } = approved;
      const of = { member, credit, place };
      const before = openRowsOf(of);
      replace(of, fact.index, before, until === undefined ? [] : ended(before, dayNumber(until)));
    }
  };
  const follow = (fact: CreditFact): void => {
    if (fact.type === 'SkillCredited') {
      const skill = skillOf(fact);
      const member = begin(fact, fact.data.creditId, skill);
      const [row] = afterFact([], fact, skill);
      if (row) add({ member, credit: fact.index, place: 0, at: fact.index, row });
      return;
    }
    const credited = found(fact, fact.data.creditId);
    if (credited === undefined) return;
    const of = { member: credited.member, credit: credited.credit, place: 0 };
    const before = openRowsOf(of);
    replace(of, fact.index, before, afterFact(before, fact, JSON.parse(credited.of) as Skill));
  };
  return {
    apply(fact) {
      if (isCreditFact(fact)) follow(fact);
      else if (fact.type === 'ClaimApproved') approve(fact);
      else if (fact.type === 'ApprovalRevoked') {
        const { approval, lines, effect } = fact.data;
        const until = effect.kind === 'void' ? {} : { until: effect.from };
        revoke(fact, approval, { lines, ...until });
      } else if (fact.type === 'ReviewOverturned') revoke(fact, fact.data.approval, {});
    },
    retract(fact, facts) {
      const gone = facts.find(({ id }) => id === fact.data.eventId);
      if (gone === undefined || !isCreditFact(gone)) return;
      const { creditId } = gone.data;
      const credited = found(fact, creditId);
      if (credited === undefined) return;
      const of = { member: credited.member, credit: credited.credit, place: 0 };
      const skill = JSON.parse(credited.of) as Skill;
      const left = withoutRetracted(facts)
        .filter(isCreditFact)
        .filter(({ data }) => data.creditId === creditId)
        .reduce<readonly Observed[]>((before, one) => afterFact(before, one, skill), []);
      replace(of, fact.index, openRowsOf(of), left);
    },
    flush,
  };
}
