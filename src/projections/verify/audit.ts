import { streamParts } from '../../events/ids.ts';
import type { AnyFact } from '../../events/registry.ts';
import { openAccounts } from './accounts.ts';
import { openAppointments } from './appointments.ts';
import type { Aside } from './aside.ts';
import { openCorrections } from './corrections.ts';
import { wrongAuthority } from './deciding.ts';
import type { Report } from './finding.ts';
import { type Keys, openKeys } from './keys.ts';
import { type Kin, openKin } from './kin.ts';
import { type Earlier, openMembers } from './members.ts';

/** Replays what facts mean: claims, points, who decided, corrections, keys. */
export interface Audit {
  follow(fact: AnyFact): Promise<void> | undefined;
  keys: Pick<Keys, 'evidence'>;
  /** After the last fact: the claims of members, and whether the trial balance closes (design, 5, invariant 2). */
  close(): Promise<void>;
}

export interface Auditing {
  report: Report;
  aside: Aside;
  earlier: Earlier;
  /** About how many facts will come. */
  facts: number;
}

/** An auditor's replay: what it says of a fact rests on no fold of decisions, statements or read models. */
export function openAudit({ report, aside, earlier, facts }: Auditing): Audit {
  const kin = openKin();
  const appointments = openAppointments(report, kin);
  const corrections = openCorrections(kin);
  const keys = openKeys(report, aside);
  const accounts = openAccounts(report);
  const members = openMembers({ report, aside, accounts, earlier, facts });
  const tellKin = (at: number, tell: (kin: Kin) => void): void => {
    tell(kin);
    members.kin(at, tell);
  };

  const member = (fact: AnyFact): void => {
    members.follow(fact, wrongAuthority(fact, appointments));
    if (fact.type !== 'Absorbed') return;
    const { id: survivor } = streamParts(fact.stream);
    tellKin(fact.index, (told) => told.absorb(fact.id, survivor, fact.data.duplicate));
  };

  /** Facts few enough that their stream is read again up to them. */
  const rare = async (fact: Rare): Promise<void> => {
    const before = await earlier(fact);
    if (fact.type === 'Erased') return keys.erased(fact, before);
    const wrong = corrections.wrongChange(fact, before);
    if (wrong !== undefined) report.fact(fact, wrong);
    if (fact.type !== 'FactRetracted') return;
    tellKin(fact.index, (told) => told.forget(fact.data.eventId));
  };

  return {
    keys,
    follow(fact) {
      keys.follow(fact);
      switch (fact.stream.slice(0, fact.stream.indexOf('-'))) {
        case 'member':
          member(fact);
          break;
        case 'scheme':
          appointments.follow(fact);
          break;
        case 'correction': {
          const wrong = corrections.wrongStep(fact);
          if (wrong !== undefined) report.fact(fact, wrong);
        }
      }
      return isRare(fact) ? rare(fact) : undefined;
    },
    async close() {
      await members.replay();
      accounts.close();
    },
  };
}

type Rare = Extract<AnyFact, { type: 'Erased' | 'FactRetracted' | 'PointsAdjusted' }>;

function isRare(fact: AnyFact): fact is Rare {
  const { type } = fact;
  return type === 'Erased' || type === 'FactRetracted' || type === 'PointsAdjusted';
}
