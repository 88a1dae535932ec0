import type { Command } from 'commander';
import { verifyViews } from '../projections/verify/views.ts';
import { verifyLedger } from '../projections/verify.ts';
import { type Cli, CliError, type CliLedger, progressBar, withLedger } from './context.ts';

/**
 * `verify`: walks the whole ledger and checks its invariants, its evidence files, and that the read models are
 * what a rebuild gives; exit code 1 and the first offending event where something does not hold.
 */
export function verifyVerb(program: Command, cli: Cli): void {
  program
    .command('verify')
    .description('walk the whole ledger and check that it holds together')
    .option('--json', 'the findings as JSON')
    .addHelpText(
      'after',
      '\nA large ledger needs half a kilobyte a fact for temporary files: SQLITE_TMPDIR or TMPDIR says where.\n\nExample:\n  skills-ledger verify',
    )
    .action(async ({ json }: { json?: true }) => {
      await withLedger(cli, async (ledger) => {
        const { facts, readModels, findings, found } = await verified(cli, ledger);
        if (json) cli.print(JSON.stringify({ facts, readModels, found, findings }));
        const first = findings[0];
        if (first !== undefined) {
          throw new CliError(`${counted(found)} in ${facts} facts; the first: ${first.says}`);
        }
        if (json) return;
        const rows = readModels === undefined ? '' : '; the read models are what a rebuild gives';
        cli.print(`${facts} facts, and every one holds${rows}`);
      });
    });
}

async function verified(cli: Cli, { store, now, evidence, viewsFile }: CliLedger) {
  const walking = progressBar(cli.terminal, 'facts walked');
  const walked = await verifyLedger(store, { now, evidence, onProgress: walking.at });
  walking.end();
  const building = progressBar(cli.terminal, 'facts of the read models');
  const views = await verifyViews({ store, path: viewsFile, onProgress: building.at });
  building.end();
  const findings = [...walked.findings, ...(views?.findings ?? [])];
  const found = walked.found + (views?.findings.length ?? 0);
  return { facts: walked.facts, readModels: views?.facts, findings, found };
}

function counted(findings: number): string {
  return findings === 1 ? '1 finding' : `${findings} findings`;
}
