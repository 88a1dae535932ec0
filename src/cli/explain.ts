import type { Command } from 'commander';
import { limits } from '../limits.ts';
import type { MemberDerived, SkillDerived } from '../projections/capability/cell.ts';
import type { CreditTold } from '../projections/capability/derivation.ts';
import { type CapabilityOptions, queryOf, withFilters } from './capability-options.ts';
import { type Cli, withLedger } from './context.ts';

interface Options extends CapabilityOptions {
  all?: true;
}

/** `explain capability`: what one figure of a report is made of. */
export function explainVerb(program: Command, cli: Cli): void {
  const verb = program
    .command('explain')
    .description('take a figure apart, down to the facts that make it up')
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
            else for (const line of linesOf(one)) cli.print(line);
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

function linesOf({ member, absorbed, counted, placed, skills }: MemberDerived): string[] {
  const places = placed.map(
    ({ council, grade, people, type }) => `  ${people / 100} at ${council} (${type}, ${grade})`,
  );
  const also = absorbed.length === 0 ? '' : `, who was ${absorbed.join(', ')}, too`;
  return [
    `${member}${also}: ${counted ? 'counted' : 'not counted'}`,
    ...places,
    ...skills.flatMap(skillLines),
  ];
}

function skillLines({ name, level, current, counted, credits }: SkillDerived): string[] {
  const state = level === undefined ? 'nothing runs' : `${level}, ${current ? 'current' : 'stale'}`;
  const heading = `  ${name}: ${state}${counted ? '' : ' (not in this figure)'}`;
  return [heading, ...credits.map(creditLine)];
}

const words: Record<CreditTold['verdict'], string> = {
  counts: 'counts',
  'counts-as-stale': 'counts, as stale',
  lower: 'lower than what counts',
  stale: 'stale, while another is current',
  'not-yet': 'true only later',
  over: 'over by then',
  'taken-back': 'taken back',
  'other-source': 'of another source',
};

function creditLine(credit: CreditTold): string {
  const { verdict, level, source, observedOn, until, validUntil, version, fact, by } = credit;
  const days = [
    `observed ${observedOn}`,
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(validUntil === undefined ? [] : [`valid until ${validUntil}`]),
  ];
  const facts = [
    `fact ${fact.index} ${fact.type} ${fact.id}`,
    ...(by === undefined ? [] : [`then ${by.index} ${by.type} ${by.id}`]),
  ];
  const said = `${level} (${source}, version ${version}), ${days.join(', ')}`;
  return `    ${words[verdict]}: ${said}; ${facts.join('; ')}`;
}
