import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { makeDemoAt } from '../../src/main/demo.ts';
import { readSettings } from '../../src/main/settings.ts';
import type { CoverageReport } from '../../src/projections/capability/coverage.ts';
import { ran } from '../cli/run.ts';
import { consoleBlocks } from '../support/console-blocks.ts';
import { tempDir } from '../support/temp.ts';

const DOCUMENT = 'docs/tutorial-analyst.md';
const PROFILE = 'Running services safely';
const endsOn = '2026-06-30';

/** The councils of the document, and how they stand to the need that it takes apart. */
const councils = {
  'Avenhythe Borough Council': 'met',
  'Cranhollow Borough Council': 'not-met',
  'Dunstow Council': 'not-known',
} as const;

describe('the tutorial for analysts', function () {
  this.timeout(240_000);
  const home = tempDir();
  const blocks = consoleBlocks(DOCUMENT);
  /** Names of councils of this demo that stand as those of the document do. */
  const named = new Map<string, string>();
  before(async () => {
    await makeDemoAt(readSettings({ LEDGER_HOME: home }), {
      name: 'Society of Local Digital Services',
      seed: 'demo',
      endsOn,
      scale: 0.05,
    });
    const asked = ['coverage', '--profile', PROFILE, '--on', endsOn, '--json'];
    const { items } = JSON.parse(await ran(home, asked)) as CoverageReport;
    for (const [name, state] of Object.entries(councils)) {
      const alike = items.find(({ heads, needs }) => heads > 0 && needs[0]?.state === state);
      if (alike === undefined) throw new Error(`no council is ${state}`);
      named.set(name, alike.name);
    }
  });

  it('prints what it says, in form, at each of its commands', async () => {
    expect(blocks.length).to.be.greaterThan(7);
    let fact = 0;
    for (const { command, prints } of blocks) {
      const words = wordsOf(command, named).map((word) =>
        word.replace(/^\d{5}$/, () => String(fact++)),
      );
      const day = ['explain', 'coverage', 'support'].includes(words[0] ?? '')
        ? ['--on', endsOn]
        : [];
      const said = (await ran(home, [...words, ...day])).trimEnd().split('\n');
      fact = factIn(said) ?? fact;
      if (prints.length === 0) {
        expect(said, command).to.have.length(1);
        expect(JSON.parse(said[0] ?? '')).to.include({ type: 'SkillCredited' });
        continue;
      }
      const told = prints.map((line) => formOf(line, [...named.keys()]));
      const found = said.map((line) => formOf(line, [...named.values()]));
      expect(found[0], command).to.equal(told[0]);
      if (prints.at(-1) !== '...') expect(found.at(-1), command).to.equal(told.at(-1));
    }
  });

  it('says in words the figures that stand in what it prints', () => {
    const [headline] = blocks;
    const all = headline?.prints.find((line) => line.startsWith('all'));
    expect(all).to.match(/ 134 +52 of 88 known \(59%\)$/);
  });
});

/** The words of a command after `npx .`, as a shell takes them, with the councils of this demo. */
function wordsOf(command: string, named: ReadonlyMap<string, string>): string[] {
  expect(command).to.match(/^npx \. /);
  const words = command.slice('npx . '.length).match(/"[^"]*"|\S+/g) ?? [];
  return words.map((word) => {
    const plain = word.replaceAll('"', '');
    return named.get(plain) ?? plain;
  });
}

/** The first fact that says what somebody can do, as an explanation names it. */
function factIn(lines: readonly string[]): number | undefined {
  const found = /fact (\d+) SkillCredited/.exec(lines.join('\n'))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** A line without what differs from one demo to another: ids, days, figures, names, where a body is. */
function formOf(line: string, names: readonly string[]): string {
  let form = line;
  for (const name of names) form = form.replaceAll(name, '<council>');
  return form
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\d/g, '<day>')
    .replace(/\d+(\.\d+)?/g, '<n>')
    .replace(/\([a-z]+(, [a-z-]+)?\)/g, '(<place>)')
    .replace(/: (met|partly|not-met|not-known)$/, ': <state>')
    .replace(/ {2,}/g, '  ');
}
