import { closest } from './near.ts';
import { error, type Remark, warning } from './remark.ts';
import type { Rulebook } from './rulebook.ts';
import { neverApplied } from './rulebook-never.ts';
import { findOverlaps } from './rulebook-overlaps.ts';
import { selectsOf } from './rulebook-selects.ts';
import type { Select } from './rules/select.ts';

/** What a schema cannot tell of a rulebook: names that nothing has, rules that never apply or contradict each other. */
export function remarksOn(book: Rulebook): Remark[] {
  return [
    ...doubled(book),
    ...unknownNames(book),
    ...neverApplied(book),
    ...impossible(book),
    ...findOverlaps(book),
  ];
}

function doubled(book: Rulebook): Remark[] {
  const placed = (list: string, names: readonly string[]): Named[] =>
    names.map((name, n) => ({ path: [list, n], name }));
  const ruled = (list: 'limits' | 'floors' | 'steps'): Named[] =>
    placed(list, (book[list] ?? []).map(nameOf));
  const { shortfall } = book;
  const together: Named[][] = [
    placed(
      'kinds',
      book.kinds.map(({ kind }) => kind),
    ),
    placed(
      'groups',
      (book.groups ?? []).map(({ group }) => group),
    ),
    placed(
      'targets',
      book.targets.map(({ grade }) => grade),
    ),
    placed(
      'reliefs',
      (book.reliefs ?? []).map((relief) => relief.class),
    ),
    placed('requirements', (book.requirements ?? []).map(nameOf)),
    [
      ...(['limits', 'floors', 'steps'] as const).flatMap(ruled),
      ...(shortfall === undefined ? [] : [{ path: ['shortfall'], name: shortfall.name }]),
    ],
  ];
  return together.flatMap((items) =>
    items
      .filter(({ name }, n) => items.findIndex((item) => item.name === name) !== n)
      .map(({ path, name }) => error(path, `${name} stands twice: each has a name of its own`)),
  );
}

interface Named {
  path: Remark['path'];
  name: string;
}

function nameOf({ name }: { name: string }): string {
  return name;
}

const single = { kinds: 'kind', categories: 'category', groups: 'group' };

function unknownNames(book: Rulebook): Remark[] {
  const categories = new Set(book.kinds.map(({ category }) => category));
  const known = {
    kinds: new Set(book.kinds.map(({ kind }) => kind)),
    categories,
    groups: new Set((book.groups ?? []).map(({ group }) => group)),
  };
  const inGroups = (book.groups ?? []).flatMap((group, n) =>
    unknown(group.categories, categories, ['groups', n, 'categories'], 'no kind has the category'),
  );
  const inSelects = selectsOf(book).flatMap(([path, select]) =>
    (['kinds', 'categories', 'groups'] as const).flatMap((field) =>
      unknown(select[field] ?? [], known[field], [...path, field], `there is no ${single[field]}`),
    ),
  );
  const requirements = new Set((book.requirements ?? []).map(({ name }) => name));
  const inRoutes = (book.routes ?? []).flatMap((route, n) =>
    unknown(route.requirements, requirements, ['routes', n], 'there is no requirement'),
  );
  const inInstead = (book.limits ?? []).flatMap(({ instead }, n) =>
    unknown(
      instead === undefined ? [] : [instead],
      categories,
      ['limits', n],
      'no kind has the category',
    ),
  );
  const classes = new Set(['joining', ...(book.reliefs ?? []).map((relief) => relief.class)]);
  const inLowered = (book.requirements ?? []).flatMap(({ loweredBy = [] }, n) =>
    unknown(loweredBy, classes, ['requirements', n, 'loweredBy'], 'there is no relief'),
  );
  const beyond = book.carry?.beyond ?? [];
  const grades = new Set(book.targets.map(({ grade }) => grade));
  const inGrades = (book.requirements ?? []).flatMap((rule, n) =>
    unknown(rule.grades ?? [], grades, ['requirements', n, 'grades'], 'no target has the grade'),
  );
  return [
    ...inGroups,
    ...inSelects,
    ...inRoutes,
    ...inGrades,
    ...inInstead,
    ...inLowered,
    ...unknown(beyond, requirements, ['carry', 'beyond'], 'there is no requirement'),
  ];
}

function unknown(
  names: readonly string[],
  known: ReadonlySet<string>,
  path: Remark['path'],
  says: string,
): Remark[] {
  const given = [...known].sort().join(', ') || 'none';
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = closest(name, [...known]);
      const hint = near === undefined ? '' : ` (is ${near} meant?)`;
      return error(path, `${says} ${name}${hint}; there are: ${given}`);
    });
}

/** What nobody can meet: a least above the most that limits leave. */
function impossible(book: Rulebook): Remark[] {
  const capOf = (select: Select): number | undefined => {
    const caps = (book.limits ?? []).flatMap(({ of, per, most }) =>
      per === 'cycle' && most !== undefined && 'points' in most && same(of, select)
        ? [most.points]
        : [],
    );
    return caps.length === 0 ? undefined : Math.min(...caps);
  };
  return (book.requirements ?? []).flatMap(({ name, of, per, least }, n) => {
    const cap = capOf(of);
    if (least === undefined || !('points' in least) || cap === undefined || per !== 'cycle')
      return [];
    if (least.points <= cap) return [];
    return [
      warning(
        ['requirements', n],
        `${name} asks for more than a limit on the same entries lets count`,
      ),
    ];
  });
}

function same(a: Select, b: Select): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
