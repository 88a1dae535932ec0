import { readFileSync } from 'node:fs';

/** The blocks of code of one language in a document, in order. */
export function blocksOf(path: string, language: string): string[] {
  const text = readFileSync(path, 'utf8');
  const fence = new RegExp(`^\`\`\`${language}[^\\n]*\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...text.matchAll(fence)].map(([, code = '']) => code);
}
