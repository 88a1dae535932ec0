/** The one page for people so far: what this is and where to go. */
export function page({ name, demo }: { name: string; demo: boolean }): string {
  const title = escaped(name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}: skills ledger</title>
</head>
<body>
<main>
<h1>${title}</h1>
<p>The continuing professional development ledger of the society. Every claim, approval and revocation
is a fact that is kept as it was written; balances and reports are made from these facts.</p>
${demo ? '<p><strong>This is a demo: the society and everybody in it are invented.</strong></p>' : ''}
<ul>
<li><a href="/docs/">What can be asked of it</a>, and <a href="/openapi.json">the same for programs</a></li>
<li><a href="/health/ready">Whether it is well</a></li>
</ul>
<p>People’s pages are still to come. Until then, a token and any HTTP client will do:
<code>npx . token --subject admin</code> makes one where this ledger is its own issuer.</p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
