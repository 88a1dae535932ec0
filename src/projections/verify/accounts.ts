import type { Report } from './finding.ts';

/** Points in one account, in hundredths. An account is a scheme, a cycle and a category. */
export interface Posted {
  account: number;
  points: number;
}

/** The categories' side of the trial balance: what each fact posted when it came. */
export interface Accounts {
  /** The number of an account, opened when it is first named. */
  of(scheme: string, cycle: string, category: string): number;
  post(posted: Posted, sign: 1 | -1): void;
  /** Compares with the members' side: how each line and entry stands at the end. */
  balance(standing: Iterable<Posted>): void;
  /** The sums by account that are not zero. */
  sums(): Map<string, number>;
}

export function openAccounts(report: Report): Accounts {
  const numbers = new Map<string, number>();
  const sums: number[] = [];
  return {
    of(scheme, cycle, category) {
      const name = `${scheme} ${cycle} ${category}`;
      let number = numbers.get(name);
      if (number === undefined) {
        number = sums.push(0) - 1;
        numbers.set(name, number);
      }
      return number;
    },
    post({ account, points }, sign) {
      sums[account] = (sums[account] ?? 0) + sign * points;
    },
    balance(standing) {
      const members = sums.map(() => 0);
      for (const { account, points } of standing) {
        members[account] = (members[account] ?? 0) + points;
      }
      for (const [name, number] of numbers) {
        if (members[number] === sums[number]) continue;
        const [scheme, cycle, category] = name.split(' ');
        report.whole(
          `the trial balance of scheme ${scheme}, cycle ${cycle}, category ${category} does not close: ` +
            `${members[number]} over all members, ${sums[number]} over all facts (hundredths of a point)`,
        );
      }
    },
    sums: () => new Map([...numbers].flatMap(([name, n]) => (sums[n] ? [[name, sums[n]]] : []))),
  };
}
