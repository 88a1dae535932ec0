import { schemeTitle } from '../commands/letters.ts';
import { CliError, type CliLedger } from './context.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The scheme that `--scheme` names, by its id or by the title that its last rulebook gives it; where it is left
 * out, the only one there is.
 *
 * @param among ids of the schemes that may be meant; absent: every one of the ledger
 * @throws CliError where there is none, or more than one
 */
export async function schemeOf(
  ledger: CliLedger,
  named: string | undefined,
  among?: readonly string[],
): Promise<string> {
  if (named !== undefined && ID.test(named)) return named;
  const ids = among ?? (await (await ledger.views()).schemes());
  const known = await Promise.all(
    ids.map(async (id) => ({ id, title: await schemeTitle(ledger, id) })),
  );
  const meant =
    named === undefined ? known : known.filter(({ title }) => title && alike(title, named));
  if (meant.length === 1 && meant[0] !== undefined) return meant[0].id;
  if (known.length === 0) {
    throw new CliError(
      among === undefined ? 'this ledger has no scheme' : 'this member takes part in no scheme',
    );
  }
  const all = known.map(({ id, title }) => (title === '' ? id : `"${title}" (${id})`));
  const wrong =
    named === undefined
      ? ''
      : `"${named}" is ${meant.length === 0 ? 'no' : 'more than one'} scheme here: `;
  throw new CliError(`${wrong}--scheme is expected, one of ${all.join(', ')}`);
}

function alike(one: string, other: string): boolean {
  return one.toLowerCase() === other.trim().toLowerCase();
}
