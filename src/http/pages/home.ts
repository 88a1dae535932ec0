import { framed, html, type Page } from './html.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 42rem; padding: 1.5rem; }
h1 { line-height: 1.2; }
li { margin: 0.5rem 0; }
code { overflow-wrap: anywhere; }
.demo { border-left: 0.25rem solid; padding-left: 1rem; }
`;

/** The first page: what this is and where to go. */
export function homePage({ name, demo }: { name: string; demo: boolean }): Page {
  const body = html`<h1>${name}</h1>
<p>The continuing professional development ledger of the society. Every claim, approval and revocation
is a fact that is kept as it was written; balances and reports are made from these facts.</p>
${demo ? html`<p class="demo"><strong>This is a demo: the society and everybody in it are invented.</strong></p>` : ''}
<h2>Where to go</h2>
<ul>
<li><a href="/docs/">What can be asked of it</a>, to be browsed and tried</li>
<li><a href="/openapi.json">The same for programs</a> (OpenAPI)</li>
<li><a href="/health/ready">Whether it is well</a></li>
</ul>
<h2>How to ask</h2>
<p>Pages for members and assessors are still to come. Until then, a token and any HTTP client will do.
Where this ledger is its own issuer, this makes one:</p>
<p><code>npx . token --role admin</code></p>`;
  return framed({ title: `${name}: skills ledger`, style, body });
}
