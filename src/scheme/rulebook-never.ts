import { type Remark, warning } from './remark.ts';
import { groupsOf, type Rulebook } from './rulebook.ts';
import { type Select, selects } from './rules/select.ts';
import { reliefClasses } from './rules/target.ts';

/** Rules that never make a difference, as far as the rulebook itself tells. */
export function neverApplied(book: Rulebook): Remark[] {
  const rates = book.kinds.flatMap(({ kind, earns }, n) => {
    const always = earns.findIndex(
      ({ when }) => when === undefined || Object.keys(when).length === 0,
    );
    if (always < 0 || always === earns.length - 1) return [];
    return [
      warning(
        ['kinds', n, 'earns', always + 1],
        `${kind}: the rate before it always fits, so this never applies`,
      ),
    ];
  });
  const periods = book.cycle.periodMonths ?? book.cycle.months;
  const uneven =
    book.cycle.months % periods === 0
      ? []
      : [
          warning(
            ['cycle', 'periodMonths'],
            'periods do not divide the cycle: the last one is shorter',
          ),
        ];
  const rolling = book.cycle.starts === 'rolling';
  const noCarry =
    rolling && (book.carry !== undefined || book.shortfall !== undefined)
      ? [warning(['carry'], 'a rolling window has no next cycle: nothing is ever carried')]
      : [];
  const noJoining =
    book.cycle.joining !== undefined && book.cycle.starts !== 'fixed'
      ? [
          warning(
            ['cycle', 'joining'],
            'only fixed cycles are joined part-way: this applies to none but a first one that is short, where the version before cut cycles otherwise',
          ),
        ]
      : [];
  const upward = (book.steps ?? []).flatMap(({ name, of, direction }, n) => {
    if (direction === undefined || direction === 'down') return [];
    const groups = groupsOf(book);
    const reached = book.kinds.filter(({ kind, category }) =>
      selects(kindsOnly(of), { kind, category, topics: [], attributes: {} }, groups),
    );
    const up = reached.every(({ earns }) =>
      earns.every(({ rate, round }) => rate === undefined || round?.direction === 'up'),
    );
    if (up) return [];
    return [
      warning(
        ['steps', n],
        `${name} rounds ${direction}, but its lines are not rounded up: they never come to more than they were awarded`,
      ),
    ];
  });
  return [...upward, ...rates, ...uneven, ...noCarry, ...noJoining, ...neverMet(book)];
}

/** Rules that wait for what cannot be: a relief that nobody is granted, a period that no cycle has. */
function neverMet(book: Rulebook): Remark[] {
  const granted: readonly string[] = reliefClasses;
  const reliefs = (book.reliefs ?? []).flatMap((relief, n) =>
    granted.includes(relief.class)
      ? []
      : [
          warning(
            ['reliefs', n, 'class'],
            `no relief is granted in class ${relief.class}, so this never applies; classes are ${granted.join(', ')}`,
          ),
        ],
  );
  const lists = ['floors', 'steps', 'limits', 'requirements'] as const;
  const periods = lists.flatMap((list) =>
    (book[list] ?? []).flatMap(({ name, per }, n) =>
      per === 'period' && book.cycle.periodMonths === undefined
        ? [
            warning(
              [list, n, 'per'],
              `${name}: without periodMonths the period is the whole cycle: say cycle, or name periodMonths there`,
            ),
          ]
        : [],
    ),
  );
  const noGrace =
    book.cycle.graceMonths !== undefined
      ? []
      : (book.requirements ?? []).flatMap(({ name, grace }, n) =>
          grace === true
            ? [
                warning(
                  ['requirements', n, 'grace'],
                  `${name}: without graceMonths in the cycle there is no time of grace, so this never applies`,
                ),
              ]
            : [],
        );
  return [...reliefs, ...periods, ...noGrace];
}

function kindsOnly({ kinds, categories, groups }: Select): Select {
  return { ...(kinds && { kinds }), ...(categories && { categories }), ...(groups && { groups }) };
}
