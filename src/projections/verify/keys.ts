import type { AnyFact } from '../../events/registry.ts';
import type { SealedBox } from '../../events/sealing.ts';
import type { Aside } from './aside.ts';
import type { Named, Report } from './finding.ts';

/** Evidence files as `verify` sees them, by the name that a fact gives. */
export interface EvidenceFiles {
  /** Whether the bytes are there, and are those that the name says. */
  state(blob: string): Promise<'whole' | 'missing' | 'broken'>;
}

/** Follows which keys are erased, and which evidence files must be there. */
export interface Keys {
  follow(fact: AnyFact): void;
  /** An erasure names keys of its own stream; `earlier` are the facts before it. */
  erased(fact: Extract<AnyFact, { type: 'Erased' }>, earlier: readonly AnyFact[]): void;
  /** Checks, at the end, every file whose key is not erased. */
  evidence(files: EvidenceFiles): Promise<void>;
}

/** An attached file as it is put aside: its fact, and what it names. */
interface Attached {
  fact: Named;
  kid: string;
  blob: string;
}

export function openKeys(report: Report, aside: Aside): Keys {
  /** By kid: the command that erased it, whose own facts may still be digested under it. */
  const gone = new Map<string, string>();
  return {
    follow(fact) {
      if (gone.size > 0) {
        const { commandId } = fact.metadata;
        const after = kidsOf(fact).find((kid) => (gone.get(kid) ?? commandId) !== commandId);
        if (after !== undefined) report.fact(fact, `is written under key ${after}, erased before`);
      }
      if (fact.type === 'EvidenceAttached' && fact.data.file !== undefined) {
        const { id, stream, revision, index, type } = fact;
        const named = { id, stream, revision: `${revision}`, index, type };
        const attached = { fact: named, kid: fact.data.kid, blob: fact.data.file.blob };
        aside.put('evidence', attached satisfies Attached);
      }
    },
    erased(fact, earlier) {
      const used = new Set(earlier.flatMap(kidsOf));
      for (const kid of fact.data.kids) {
        if (!used.has(kid))
          report.fact(fact, `erases key ${kid}, which no fact of its stream uses`);
        gone.set(kid, fact.metadata.commandId);
      }
    },
    async evidence(files) {
      for (const some of aside.take<Attached>('evidence')) {
        for (const { fact, kid, blob } of some) {
          if (gone.has(kid)) continue;
          const state = await files.state(blob);
          if (state === 'missing') report.fact(fact, `its evidence file ${blob} is not there`);
          else if (state === 'broken') {
            report.fact(fact, `its evidence file ${blob} does not hash to its name`);
          }
        }
      }
    },
  };
}

/** The keys that a fact is written under: of its own subject, of its boxes, of its digest. */
function kidsOf({ data, metadata }: AnyFact): string[] {
  const { kid, sealed } = data as { kid?: string; sealed?: SealedBox[] };
  const kids = [metadata.commandDigest.kid];
  if (kid !== undefined) kids.push(kid);
  if (sealed !== undefined) for (const box of sealed) kids.push(box.kid);
  return kids;
}
