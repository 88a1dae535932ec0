import type { AwardedSum } from '../../scheme/awarded.ts';
import type { Report } from './finding.ts';

/** Points in one account, in hundredths. An account is a scheme, a cycle and a category. */
export interface Posted {
  account: number;
  points: number;
}

/**
 * The trial balance (design, 5, invariant 2). The categories' side is what each fact posted when it came, by the
 * auditor's own replay; the members' side is what the rules' fold, of which statements and read models are made,
 * gives for each member at the end.
 */
export interface Accounts {
  /** The number of an account, opened when it is first named. */
  of(scheme: string, cycle: string, category: string): number;
  post(posted: Posted, sign: 1 | -1): void;
  /** Takes a member's sums to the members' side. */
  member(sums: readonly AwardedSum[]): void;
  /** Reports every account of which the sides differ. */
  close(): void;
}

export function openAccounts(report: Report): Accounts {
  const numbers = new Map<string, number>();
  const categories: number[] = [];
  const members: number[] = [];
  const of = (scheme: string, cycle: string, category: string): number => {
    const name = `${scheme} ${cycle} ${category}`;
    let number = numbers.get(name);
    if (number === undefined) {
      number = categories.push(0) - 1;
      members.push(0);
      numbers.set(name, number);
    }
    return number;
  };
  return {
    of,
    post: ({ account, points }, sign) => add(categories, account, sign * points),
    member(sums) {
      for (const { scheme, cycle, category, points } of sums) {
        add(members, of(scheme, cycle, category), points);
      }
    },
    close() {
      for (const [name, number] of numbers) {
        if (members[number] === categories[number]) continue;
        const [scheme, cycle, category] = name.split(' ');
        report.whole(
          `the trial balance of scheme ${scheme}, cycle ${cycle}, category ${category} does not close: ` +
            `${members[number]} over all members, ${categories[number]} over all facts (hundredths of a point)`,
        );
      }
    },
  };
}

function add(sums: number[], account: number, points: number): void {
  sums[account] = (sums[account] ?? 0) + points;
}
