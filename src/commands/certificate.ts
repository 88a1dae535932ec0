import { type CivilDate, lastDayOf } from '../scheme/civil-date.ts';
import type { Outcome } from '../scheme/outcome.ts';
import { pointsText } from '../scheme/points-text.ts';

/** What a certificate says: of a cycle that was determined. Points are hundredths. */
export interface Certified {
  society: string;
  name: string;
  number: string;
  grade: string;
  /** Half-open. */
  cycle: { from: CivilDate; until: CivilDate };
  target?: number | undefined;
  counted: number;
  carriedIn: number;
  needed: number;
  outcome: Outcome;
  /** The fact that determined it, when, and the digest that it holds. */
  event: string;
  on: CivilDate;
  digest: string;
}

/** A certificate, or a letter of outcome, as a page of its own: printed, it needs nothing besides. */
export function certificatePage(certified: Certified): string {
  const { society, name, number, grade, cycle, counted, needed, outcome } = certified;
  const title = outcome === 'met' ? 'Certificate' : 'Outcome of a cycle';
  const days = `${cycle.from} to ${lastDayOf(cycle)}`;
  const figures: [string, string][] = [
    ['Membership number', number],
    ['Grade', grade],
    ['Cycle', days],
    ['Target', certified.target === undefined ? 'none' : pointsText(certified.target)],
    ['Points that count', pointsText(counted + certified.carriedIn)],
    ...(needed === 0 ? [] : [['Still needed', pointsText(needed)] as [string, string]]),
    ['Outcome', saysOf[outcome]],
    ['Determined on', certified.on],
  ];
  const rows = figures.map(
    ([what, value]) => `<tr><th scope="row">${escaped(what)}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}: ${escaped(name)}</title>
<style>
body { font: 12pt/1.5 serif; max-width: 36em; margin: 4em auto; }
th { text-align: left; padding-right: 2em; font-weight: normal; }
footer { margin-top: 4em; font-size: 8pt; overflow-wrap: anywhere; }
@page { size: A4; margin: 2.5cm; }
</style>
</head>
<body>
<main>
<p>${escaped(society)}</p>
<h1>${title}</h1>
<p>Continuing professional development of <strong>${escaped(name)}</strong></p>
<table>
${rows.join('\n')}
</table>
</main>
<footer>Fact ${escaped(certified.event)}; SHA-256 of the statement ${escaped(certified.digest)}</footer>
</body>
</html>
`;
}

const saysOf: Record<Outcome, string> = {
  met: 'met',
  short: 'not met',
  'in-grace': 'not met, in the time of grace',
  exempt: 'exempt',
  paused: 'paused',
  'not-yet-due': 'not yet due',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
