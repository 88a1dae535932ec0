import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

/** `bench`: what `npm run bench` does, with its arguments and its help; no ledger of the settings is touched. */
export function benchVerb(program: Command): void {
  program
    .command('bench')
    .description('measure what the ledger costs, on one made for that and deleted after')
    .argument('[arguments...]', 'a subject, and options as --help lists them')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (given: string[]) => {
      const script = fileURLToPath(new URL('../../bench/main.js', import.meta.url));
      const child = spawn(process.execPath, [script, ...given], { stdio: 'inherit' });
      const [code] = await once(child, 'exit');
      process.exitCode = code ?? 1;
    });
}
