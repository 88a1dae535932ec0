import { settingsTable } from '../../src/main/settings.ts';
import { rulebookSchema } from '../../src/scheme/rulebook-schema.ts';
import { cliPage } from './cli-page.ts';
import { exportPage } from './export-page.ts';
import { factsPage } from './facts-page.ts';
import { httpPage } from './http-page.ts';
import { problemsPage } from './problems-page.ts';
import { rolesPage } from './roles-page.ts';
import { rulebookPage } from './rulebook-page.ts';
import { viewsPage } from './views-page.ts';

type Page = () => string | Promise<string>;

/** The pages of docs/reference, by file name: each is made from the code. */
export const referencePages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['facts.md', factsPage],
  ['http.md', httpPage],
  ['roles.md', rolesPage],
  ['problems.md', problemsPage],
  ['cli.md', cliPage],
  ['export.md', exportPage],
  ['rulebook.md', rulebookPage],
  ['rulebook.schema.json', () => `${JSON.stringify(rulebookSchema(), null, 2)}\n`],
  ['settings.md', settingsPage],
  ['views.md', viewsPage],
]);

function settingsPage(): string {
  const rows = settingsTable.map(
    ({ name, default: by, means }) => `| \`${name}\` | ${by || '(none)'} | ${means} |`,
  );
  return [
    '# Settings',
    '',
    'Made from `src/main/settings.ts`. Settings are variables of the environment. A wrong value stops the start and says',
    'what would be right.',
    '',
    '| Setting | Default | Meaning |',
    '|---|---|---|',
    ...rows,
    '',
    'A ledger whose tokens come from an issuer of the society’s own begins with the local one: make a token for the first',
    'admin, link their sign-in at that issuer ([link-sign-in](http.md#link-sign-in)), and start again with `LEDGER_ISSUER` and',
    '`LEDGER_JWKS` set.',
    '',
  ].join('\n');
}
