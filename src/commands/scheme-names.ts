import { civilDateIn } from '../scheme/civil-date.ts';
import { closest } from '../scheme/near.ts';
import { rulebookOn } from '../scheme/rulebook.ts';
import type { Ledger } from './handle.ts';

/** What the rulebooks of a scheme name that are in force or yet to come. */
export interface SchemeNames {
  /** Grades of which something is asked. */
  grades: string[];
  categories: string[];
  /** Kinds of which nothing counts without evidence. */
  evidenced: string[];
}

/** The names of a scheme; empty where there is no such scheme. */
export async function schemeNames(ledger: Ledger, scheme: string): Promise<SchemeNames> {
  const { rulebooks } = (await ledger.streams.load('scheme', scheme)).state;
  const today = civilDateIn(ledger.zone, ledger.now());
  const inForce = rulebookOn(rulebooks, today);
  const rules = rulebooks
    .filter((book) => book === inForce || book.effectiveFrom > today)
    .map(({ rulebook }) => rulebook);
  const names = (of: (rules: (typeof rulebooks)[number]['rulebook']) => string[]): string[] =>
    [...new Set(rules.flatMap(of))].sort();
  return {
    grades: names(({ targets }) => targets.map(({ grade }) => grade)),
    categories: names(({ kinds }) => kinds.map(({ category }) => category)),
    evidenced: names(({ kinds }) =>
      kinds.flatMap(({ kind, evidence }) => (evidence?.needed === true ? [kind] : [])),
    ),
  };
}

/** ` (is full meant?)`, where a known name is near to what was typed. */
export function meantWords(typed: string, known: readonly string[]): string {
  const near = closest(typed, known);
  return near === undefined ? '' : ` (is ${near} meant?)`;
}
