import type { Remark } from './remark.ts';
import type { Rulebook } from './rulebook.ts';
import type { Select } from './rules/select.ts';

/** Every selection of a rulebook, with its place. */
export function selectsOf(book: Rulebook): [Remark['path'], Select][] {
  const lists = ['limits', 'floors', 'steps', 'requirements'] as const;
  const found = lists.flatMap((list) =>
    (book[list] ?? []).map(({ of }, n): [Remark['path'], Select] => [[list, n, 'of'], of]),
  );
  const bases = (['limits', 'requirements'] as const).flatMap((list) =>
    (book[list] ?? []).flatMap((rule, n): [Remark['path'], Select][] => {
      const share = 'most' in rule ? rule.most : 'least' in rule ? rule.least : undefined;
      const of = share !== undefined && 'of' in share ? share.of : 'target';
      return of === 'target' ? [] : [[[list, n, 'share'], of]];
    }),
  );
  const carried =
    book.carry === undefined ? [] : [[['carry', 'of'], book.carry.of] as [Remark['path'], Select]];
  return [...found, ...bases, ...carried];
}
