import { type CivilDate, isCivilDate } from '../scheme/civil-date.ts';
import type { PublishedRulebook } from '../scheme/rulebook.ts';
import { CliError, type CliLedger } from './context.ts';

/** The rulebooks of a scheme. @throws CliError where there is no such scheme */
export async function rulebooksOf(
  { streams }: CliLedger,
  scheme: string,
): Promise<PublishedRulebook[]> {
  const { rulebooks } = (await streams.load('scheme', scheme)).state;
  if (rulebooks.length > 0) return rulebooks;
  throw new CliError(`there is no scheme ${scheme}: rulebook list shows all`);
}

/** `--from` as typed. @throws CliError where it is no day */
export function fromOf(text: string): CivilDate {
  if (isCivilDate(text)) return text;
  throw new CliError(`--from is "${text}": a day is expected, as 2027-01-01`);
}
