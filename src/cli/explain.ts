import type { Command } from 'commander';
import { limits } from '../limits.ts';
import { type CapabilityOptions, queryOf, withFilters } from './capability-options.ts';
import { type Cli, withLedger } from './context.ts';
import { explainCoverageVerb } from './explain-coverage.ts';
import { memberLines } from './explain-lines.ts';

interface Options extends CapabilityOptions {
  all?: true;
}

/** `explain capability` and `explain coverage`: what one figure of a report is made of. */
export function explainVerb(program: Command, cli: Cli): void {
  const verbs = program
    .command('explain')
    .description('take a figure apart, down to the facts that make it up');
  explainCoverageVerb(verbs, cli);
  const verb = verbs
    .command('capability')
    .description('who is counted where these filters hold, and by which facts')
    .option('--all', 'those, too, of whom something does not count')
    .option('--json', 'as JSON, a line for each member');
  withFilters(verb)
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger explain capability --skill Securing --council "Aldermere Council" --all',
    )
    .action(async (options: Options) => {
      await withLedger(cli, async (ledger) => {
        const query = { ...(await queryOf(ledger, options)), all: options.all === true };
        const views = await ledger.views();
        const sum = { people: 0, members: 0 };
        for (let cursor: string | undefined; ; ) {
          const page = await views.capabilityCell(query, { limit: limits.pageMost, cursor });
          for (const one of page.items) {
            if (options.json) cli.print(JSON.stringify(one));
            else for (const line of memberLines(one)) cli.print(line);
            if (!one.counted) continue;
            sum.members += 1;
            for (const { people } of one.placed) sum.people += people;
          }
          cursor = page.next;
          if (cursor !== undefined) continue;
          if (options.json) return;
          const counted = `${sum.people / 100} people, parts of ${sum.members} members`;
          cli.print(`${counted}, on ${page.on}, as of index ${page.asOf}`);
          return;
        }
      });
    });
}
