import { pointsText } from '../../scheme/points-text.ts';
import type { Statement } from '../../scheme/statement.ts';
import type { StatementEntry, StatementLine } from '../../scheme/statement-line.ts';
import {
  amountText,
  daysText,
  figuresOf,
  limitWords,
  lineIds,
  lineReasons,
  lossWords,
  orderWords,
  requirementWords,
} from '../../scheme/statement-words.ts';
import { framed, type Html, html, type Page } from './html.ts';

const style = `
body { font: 1rem/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h1, h2 { line-height: 1.2; break-after: avoid; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #767676; padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tbody { break-inside: avoid; }
p, ul { margin: 0.25rem 0; }
td > p { margin: 0; }
td, li { overflow-wrap: anywhere; }
.figures th { width: 8rem; font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.claims tbody tr:first-child > * { border-bottom: 0; }
.ids { font-size: 0.75rem; color: #404040; overflow-wrap: anywhere; }
.claims th[scope="row"] { min-width: 12rem; }
@media screen { main { overflow-x: auto; } }
@page { size: A4; margin: 1.5cm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; } }
@media print { body { font-size: 9.5pt; max-width: none; padding: 0; } }
`;

/** What a page says besides the statement. */
export interface About {
  society: string;
  member: string;
  /** Facts with a lower index were looked at. */
  asOf: number;
}

/** A statement as a page that prints on A4. It opens nothing sealed: no name, no title. */
export function statementPage(statement: Statement, { society, member, asOf }: About): Page {
  const { cycle, lines, entries } = statement;
  const body = html`<p>${society}</p>
<h1>Statement of points, ${cycle.cycle}</h1>
<p>Of member <span class="ids">${member}</span>, as the ledger was known at index ${asOf}. Names and titles are sealed, and not shown here.</p>
${figuresTable(statement)}
${rulesOf(statement)}
${categoriesTable(statement)}
<h2>Claims</h2>
${lines.length === 0 ? html`<p>None in this cycle.</p>` : claimsTable(statement)}
${entries.length === 0 ? html`` : entriesTable(entries)}`;
  return framed({ title: `Statement of points, ${cycle.cycle}: ${society}`, style, body });
}

function figuresTable(statement: Statement): Html {
  const rows = figuresOf(statement).map(
    ({ name, says }) =>
      html`<tr><th scope="row">${capital(name)}</th><td>${paragraphs(says)}</td></tr>`,
  );
  return html`<h2>Figures</h2>
<table class="figures">
<tbody>
${rows}
</tbody>
</table>`;
}

function rulesOf({ requirements, limits, order }: Statement): Html {
  const asked = html`<h2>Requirements</h2>
${listed(requirements.map(requirementWords))}`;
  const limited = html`<h2>Limits</h2>
${listed(limits.map(limitWords))}
<p>Order of filling: ${orderWords[order]}.</p>`;
  return html`${requirements.length === 0 ? html`` : asked}
${limits.length === 0 ? html`` : limited}`;
}

function categoriesTable({ categories }: Statement): Html {
  if (categories.length === 0) return html``;
  const rows = categories.map(
    ({ category, awarded, counted }) =>
      html`<tr><th scope="row">${category}</th>${figure(awarded)}${figure(counted)}</tr>`,
  );
  return html`<h2>Categories</h2>
<table>
<thead><tr><th scope="col">Category</th>${columns('Awarded', 'Counted')}</tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function claimsTable(statement: Statement): Html {
  return html`<table class="claims">
<thead><tr><th scope="col">Days and kind</th><th scope="col">Standing</th>${columns('Claimed', 'Accepted', 'Awarded', 'Counted')}</tr></thead>
${statement.lines.map((line) => lineRows(line, statement))}
</table>`;
}

function lineRows(line: StatementLine, statement: Statement): Html {
  const { kind, standing, claimed, accepted, awarded, counted } = line;
  const amounts = [amountText(claimed), accepted === undefined ? '' : amountText(accepted)];
  return html`<tbody>
<tr><th scope="row">${daysText(line)}<br>${kind}</th><td>${standing}</td>${amounts.map(
    (text) => html`<td class="number">${text}</td>`,
  )}${figure(awarded)}${figure(counted)}</tr>
<tr><td colspan="6">${listed(lineReasons(line))}
<p class="ids">${capital(lineIds(line, statement))}</p></td></tr>
</tbody>`;
}

function entriesTable(entries: readonly StatementEntry[]): Html {
  const rows = entries.map((entry) => {
    const { kind, category, awarded, counted, event } = entry;
    return html`<tr><th scope="row">${kind}, ${category}</th><td>${listed(lossWords(entry))}
<p class="ids">Fact ${event}</p></td>${figure(awarded)}${figure(counted)}</tr>`;
  });
  return html`<h2>Outside any claim</h2>
<table>
<thead><tr><th scope="col">What, category</th><th scope="col">Why</th>${columns('Awarded', 'Counted')}</tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function columns(...names: string[]): readonly Html[] {
  return names.map((name) => html`<th scope="col" class="number">${name}</th>`);
}

function figure(hundredths: number): Html {
  return html`<td class="number">${pointsText(hundredths)}</td>`;
}

function paragraphs(says: readonly string[]): readonly Html[] {
  return says.map((text) => html`<p>${text}</p>`);
}

function listed(says: readonly string[]): Html {
  if (says.length === 0) return html``;
  return html`<ul>${says.map((text) => html`<li>${text}</li>`)}</ul>`;
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
