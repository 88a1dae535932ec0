import { grantsOn } from '../commands/authority.ts';
import { civilDateIn } from '../scheme/civil-date.ts';
import { CliError, type CliLedger } from './context.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The admin whom `--by` means. @throws CliError where it means nobody, or no admin of today */
export async function adminOf(ledger: CliLedger, by: string): Promise<string> {
  const { vault, streams, zone, now } = ledger;
  const person = UUID.test(by)
    ? by
    : ((await vault.personOf('local', by)) ?? (await vault.personByNumber(by)));
  const grants =
    person === undefined
      ? []
      : grantsOn((await streams.load('authority', person)).state, civilDateIn(zone, now()));
  if (person !== undefined && grants.some(({ role }) => role === 'admin')) return person;
  throw new CliError(`--by is "${by}": an admin is expected, by sign-in, number or person id`);
}
