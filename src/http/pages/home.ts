/** The one page for people so far: what this is and where to go. */
export function page({ name, demo }: { name: string; demo: boolean }): string {
  const title = escaped(name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: skills ledger</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 42rem; padding: 1.5rem; }
h1 { line-height: 1.2; }
li { margin: 0.5rem 0; }
code { overflow-wrap: anywhere; }
.demo { border-left: 0.25rem solid; padding-left: 1rem; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>The continuing professional development ledger of the society. Every claim, approval and revocation
is a fact that is kept as it was written; balances and reports are made from these facts.</p>
${demo ? '<p class="demo"><strong>This is a demo: the society and everybody in it are invented.</strong></p>' : ''}
<h2>Where to go</h2>
<ul>
<li><a href="/docs/">What can be asked of it</a>, to be browsed and tried</li>
<li><a href="/openapi.json">The same for programs</a> (OpenAPI)</li>
<li><a href="/health/ready">Whether it is well</a></li>
</ul>
<h2>How to ask</h2>
<p>Pages for members and assessors are still to come. Until then, a token and any HTTP client will do.
Where this ledger is its own issuer, this makes one:</p>
<p><code>npx . token --role admin</code></p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
