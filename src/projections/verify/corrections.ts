import { createHash } from 'node:crypto';
import type { CorrectionItem } from '../../events/correction.ts';
import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import type { Kin } from './kin.ts';

type FactOfType<T extends AnyFact['type']> = Extract<AnyFact, { type: T }>;
type Correcting = FactOfType<'PointsAdjusted' | 'FactRetracted'>;

interface Correction {
  proposal: FactOfType<'CorrectionProposed'>['data'];
  items: CorrectionItem[];
  approved: boolean;
  completed: boolean;
  /** Ids of the facts that were corrected by it. */
  applied: Set<string>;
}

/** Follows corrections: proposed by one person, approved by another, carried out as approved (contract, 5). */
export interface Corrections {
  /** What is wrong with a fact of a correction's own stream; undefined: nothing. */
  wrongStep(fact: AnyFact): string | undefined;
  /** What is wrong with a fact that carries a correction out; `earlier` are those of its stream before it. */
  wrongChange(fact: Correcting, earlier: readonly AnyFact[]): string | undefined;
}

export function openCorrections(kin: Kin): Corrections {
  const corrections = new Map<string, Correction>();

  const wrongApproval = (correction: Correction, fact: FactOfType<'CorrectionApproved'>) => {
    const { proposal, items, approved } = correction;
    const { digest, decidedBy } = fact.data;
    correction.approved = true;
    if (approved) return 'approves what is approved already';
    if (items.length !== proposal.count) {
      return `${items.length} facts are listed; ${proposal.count} were proposed`;
    }
    const made = digestOf(items);
    if (digest !== proposal.digest || digest !== made) {
      return `repeats the digest ${digest}; that of what is listed is ${made}`;
    }
    for (const decider of decidedBy) {
      if (kin.same(decider, proposal.proposedBy)) return `${decider} approved their own proposal`;
      if (items.some(({ person }) => kin.same(decider, person))) {
        return `${decider} approved a correction of their own record`;
      }
    }
    return undefined;
  };

  return {
    wrongStep(fact) {
      const { id } = streamParts(fact.stream);
      if (fact.type === 'CorrectionProposed') {
        if (corrections.has(id)) return 'proposes what is proposed already';
        const state = { items: [], approved: false, completed: false, applied: new Set<string>() };
        corrections.set(id, { proposal: fact.data, ...state });
        return undefined;
      }
      const correction = corrections.get(id);
      if (correction === undefined) return 'nothing was proposed in this stream';
      if (fact.type === 'CorrectionItemsListed') {
        if (correction.approved) return 'lists facts after the approval';
        correction.items.push(...fact.data.items);
      } else if (fact.type === 'CorrectionApproved') return wrongApproval(correction, fact);
      else if (fact.type === 'CorrectionCompleted') {
        if (!correction.approved) return 'completes what nobody approved';
        correction.completed = true;
      }
      return undefined;
    },
    wrongChange(fact, earlier) {
      const { id: person } = streamParts(fact.stream);
      const { correction: under } = fact.data;
      const target = fact.type === 'FactRetracted' ? fact.data.eventId : fact.data.corrects;
      const correction = corrections.get(under);
      if (!correction?.approved) return `names correction ${under}, which nobody approved`;
      if (correction.completed) return `names correction ${under}, which was completed before`;
      const { proposal, items, applied } = correction;
      if (!items.some((item) => item.person === person && item.eventId === target)) {
        return `correction ${under} does not select fact ${target}`;
      }
      if (applied.has(target)) return `correction ${under} was carried out on ${target} already`;
      applied.add(target);
      if (!sameChange(fact, proposal.change)) return `does other than correction ${under} says`;
      return earlier.some(({ id }) => id === target)
        ? undefined
        : `there is no fact ${target} before it in its stream`;
    },
  };
}

function sameChange(fact: Correcting, change: Correction['proposal']['change']): boolean {
  if (fact.type === 'FactRetracted') return change.kind === 'retract';
  const { scheme, cycle, category, points } = fact.data;
  return (
    change.kind === 'adjust' &&
    change.scheme === scheme &&
    change.cycle === cycle &&
    change.category === category &&
    change.points === points
  );
}

function digestOf(items: readonly CorrectionItem[]): string {
  const ids = items.map(({ eventId }) => eventId).sort();
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex');
}
