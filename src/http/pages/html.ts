import { createHash } from 'node:crypto';

/** Markup that is safe to send: made by `html` alone. */
export interface Html {
  readonly html: string;
}

/** Markup from a template: text that is put in is escaped, markup stays as it is, lists are joined. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Html | readonly Html[])[]
): Html {
  const put = values.map((value) => {
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return escaped(value);
    return 'html' in value ? value.html : value.map((one) => one.html).join('\n');
  });
  return { html: parts.map((part, n) => `${part}${put[n] ?? ''}`).join('') };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** A page and the Content-Security-Policy under which it is sent: its own style, and nothing loads or runs. */
export interface Page {
  html: string;
  policy: string;
}

/** A whole page of this title, with its style inside: saved or printed, it needs nothing besides. */
export function framed({ title, style, body }: { title: string; style: string; body: Html }): Page {
  const hash = createHash('sha256').update(style).digest('base64');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return {
    html: page.html,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
