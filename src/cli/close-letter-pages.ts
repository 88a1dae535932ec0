import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openedDetails } from '../commands/opened.ts';
import { certificatePage } from '../http/pages/certificate.ts';
import { determinedStatement } from '../projections/standing-determined.ts';
import type { Standing } from '../projections/standing-member.ts';
import { total } from '../scheme/carrying.ts';
import { unmetWords } from '../scheme/statement-words.ts';
import { CliError, type CliLedger } from './context.ts';

/**
 * The folder of `--folder`. One that is made here nobody else of the machine may read in; one that is there keeps its
 * rights.
 */
export function letterFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError(`${path} cannot be made a folder: ${(error as NodeJS.ErrnoException).code}`);
  }
  return path;
}

/**
 * Writes a printable page for each of these members, named by their person id: of what their cycle was determined to
 * have come to, or where it was not, of how they stand.
 */
export async function writePages(
  ledger: CliLedger,
  folder: string,
  { scheme, on, title }: { scheme: string; on: string; title: string },
  members: readonly Standing[],
): Promise<void> {
  for (const standing of members) {
    const { member, cycle } = standing;
    const wanted = { scheme, cycle: cycle.cycle };
    const determined = await determinedStatement(ledger.store, member, wanted);
    const { name = '', number = '' } = await openedDetails(ledger, member);
    const { grade = '', target, counted, needed, outcome } = determined?.statement ?? standing;
    const carriedIn = determined ? total(determined.statement.carriedIn) : standing.carriedIn;
    const { html } = certificatePage({
      society: ledger.name,
      scheme: determined?.statement.title ?? title,
      unmet: determined === undefined ? standing.unmet : unmetWords(determined.statement),
      ...{ name, number, grade, cycle, target, counted, carriedIn, needed, outcome },
      ...(determined === undefined
        ? { on, doBy: standing.doBy }
        : { on: determined.on, proof: { event: determined.event, digest: determined.digest } }),
    });
    writeFileSync(join(folder, `${member}.html`), html, { mode: 0o600 });
  }
}
