import { readFileSync } from 'node:fs';

/** A command of a document, and the lines that it is said to print. */
export interface Told {
  command: string;
  prints: string[];
}

/** The commands of the `console` blocks of a document in order: `$ command`, then what it prints. */
export function consoleBlocks(path: string): Told[] {
  const blocks = readFileSync(path, 'utf8').matchAll(/```console\n([\s\S]*?)```/g);
  return [...blocks].map(([, block = '']) => {
    const lines = block.trimEnd().split('\n');
    const end = lines.findIndex((line) => !line.endsWith('\\')) + 1;
    const command = lines
      .slice(0, end)
      .map((line) => line.replace(/^\$ /, '').replace(/\\$/, '').trim())
      .join(' ');
    return { command, prints: lines.slice(end) };
  });
}
