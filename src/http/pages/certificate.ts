import { type CivilDate, lastDayOf } from '../../scheme/civil-date.ts';
import type { Outcome } from '../../scheme/outcome.ts';
import { pointsText } from '../../scheme/points-text.ts';
import { outcomeWords } from '../../scheme/statement-words.ts';
import { framed, html, type Page } from './html.ts';

const style = `
body { font: 12pt/1.5 serif; color: #1a1a1a; background: #fff; max-width: 36em; margin: 4em auto; padding: 0 1em; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: 0.1em 0; }
th { padding-right: 2em; font-weight: normal; white-space: nowrap; }
.proof { margin-top: 4em; font-size: 8pt; }
@page { size: A4; margin: 2.5cm; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
`;

/** What a certificate says of a cycle, or a letter before it is determined. Points are hundredths. */
export interface Certified {
  society: string;
  /** What members call the scheme; absent where its rulebook gives it no title. */
  scheme?: string | undefined;
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
  /** Requirements that keep the cycle from being met, in words. */
  unmet: readonly string[];
  /** The day on which it was determined, or for which it is true. */
  on: CivilDate;
  /** The last day to do what is needed, where there is still time. */
  doBy?: CivilDate | undefined;
  /** The fact that determined it, and the digest that it holds; absent: it was not determined. */
  proof?: { event: string; digest: string };
}

/** A certificate, or a letter of outcome, as a page of its own: printed, it needs nothing besides. */
export function certificatePage(certified: Certified): Page {
  const { society, name, number, grade, cycle, counted, needed, outcome, proof } = certified;
  const title = titleOf(certified);
  const days = `${cycle.from} to ${lastDayOf(cycle)}`;
  const figures: [string, string][] = [
    ['Membership number', number],
    ['Grade', grade],
    ['Cycle', days],
    ['Target', certified.target === undefined ? 'none' : pointsText(certified.target)],
    ['Points that count', pointsText(counted + certified.carriedIn)],
    ...(needed === 0 ? [] : [['Still needed', neededText(certified)] as [string, string]]),
    ...certified.unmet.map((words) => ['Requirement', words] as [string, string]),
    ['Outcome', outcomeWords[outcome]],
    [proof === undefined ? 'As it stands on' : 'Determined on', certified.on],
  ];
  const rows = figures.map(
    ([what, value]) => html`<tr><th scope="row">${what}</th><td>${value}</td></tr>`,
  );
  const body = html`<p>${society}</p>
<h1>${title}</h1>
<p>${certified.scheme || 'Continuing professional development'}: <strong>${name}</strong></p>
<table>
${rows}
</table>
${proof === undefined ? html`` : html`<p class="proof">Fact ${proof.event}; SHA-256 of the statement ${proof.digest}</p>`}`;
  return framed({ title: `${title}: ${name}`, style, body });
}

function titleOf({ proof, outcome }: Certified): string {
  if (proof === undefined) return 'Points in a cycle';
  return outcome === 'met' ? 'Certificate' : 'Outcome of a cycle';
}

function neededText({ needed, doBy }: Certified): string {
  return doBy === undefined ? pointsText(needed) : `${pointsText(needed)}, by ${doBy}`;
}
