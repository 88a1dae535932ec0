import type { Command } from 'commander';
import { letterHeading, letterLines, schemeTitle } from '../commands/letters.ts';
import { limits } from '../limits.ts';
import { organisationNames } from '../projections/standing-names.ts';
import { adminOf } from './admin.ts';
import { letterFolder, writePages } from './close-letter-pages.ts';
import { type Cli, progressBar, withLedger } from './context.ts';
import { schemeOf } from './scheme.ts';
import { type Options, queryOf } from './standing.ts';

/** `letters`: a merge file with names opened, for letters to those whom a report of standing has. */
export function lettersVerb(program: Command, cli: Cli): void {
  program
    .command('letters')
    .description('a merge file (CSV) for letters about a cycle: names and numbers are opened')
    .requiredOption('--by <person>', 'who opens them: an admin, by sign-in, number or person id')
    .option('--scheme <id or title>', 'where there is more than one')
    .option(
      '--cycle <year>',
      'by the year in which it begins or its first day; the one of --on, unless said',
    )
    .option('--on <day>', 'the day for which it is true; today, unless said')
    .option('--folder <folder>', 'also a printable page for each of them, into this folder')
    .option('--outcome <outcome>', 'met, short, in-grace, exempt, paused or not-yet-due')
    .addHelpText(
      'after',
      '\nExample:\n  skills-ledger letters --cycle 2025 --outcome short --by jane --folder letters > letters.csv',
    )
    .action(async ({ by, folder, ...options }: Options & { by: string; folder?: string }) => {
      await withLedger(cli, async (ledger) => {
        const actor = await adminOf(ledger, by);
        const scheme = await schemeOf(ledger, options.scheme);
        const query = { ...(await queryOf(ledger, { ...options, scheme })), takesPart: true };
        const views = await ledger.views();
        const title = await schemeTitle(ledger, scheme);
        const about = { scheme: title, nameOf: organisationNames(views) };
        const opening = { actor, reason: 'letter', operation: 'letters' };
        const bar = progressBar(cli.terminal, 'letters');
        let pages: string | undefined;
        let count = 0;
        for (let cursor: string | undefined; ; ) {
          const page = await views.standing(query, { limit: limits.pageMost, cursor });
          // Not before there is an answer: what was asked may be refused.
          if (cursor === undefined) {
            pages = folder === undefined ? undefined : letterFolder(folder);
            cli.print(letterHeading.trimEnd());
          }
          const lines = await letterLines(ledger, opening, page.items, about);
          if (lines !== '') cli.print(lines.trimEnd());
          if (pages !== undefined) await writePages(ledger, pages, { ...query, title }, page.items);
          count += page.items.length;
          bar.at(count, count + (page.next === undefined ? 0 : limits.pageMost));
          cursor = page.next;
          if (cursor === undefined) break;
        }
        bar.end();
      });
    });
}
