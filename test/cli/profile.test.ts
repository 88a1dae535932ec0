import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

const LAW = v4();
const written = `name: Lawful
types: [district]
needs:
  - need: law
    name: Knows the law
    anyOf:
      - { framework: invented SKILLS, skill: law, level: aware, people: 1, currentMonths: 12 }
`;

describe('skills-ledger profile', function () {
  this.timeout(60_000);
  const home = tempDir();
  const file = join(home, 'lawful.yaml');
  let framework: string;

  before(async () => {
    const society = await startSociety(home);
    const levels = [{ code: 'aware', name: 'Aware' }];
    const skills = [{ skill: LAW, name: 'Law' }];
    const body = { version: 1, name: 'Invented skills', levels, skills };
    framework = (await made(society.clients.admin.post('/v1/frameworks', body))).ids.framework;
    await society.close();
  });

  async function publish(text: string, ...more: string[]) {
    writeFileSync(file, text);
    return run(home, ['profile', 'publish', file, '--by', 'admin', ...more]);
  }

  async function published() {
    const args = ['export', 'facts', '--format', 'ndjson'];
    const facts = (await ran(home, args)).trimEnd().split('\n');
    return facts
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'ProfilePublished')
      .map(({ data }) => data);
  }

  it('publishes a file that names skills, once, and its next version', async () => {
    const first = await publish(written);
    expect(first.out + first.err).to.match(/^“Lawful” \([0-9a-f-]{36}\): version 1 published\n$/);
    expect((await publish(written)).out).to.match(/version 1 says the same; nothing was written/);
    const next = await publish(written.replace('people: 1', 'people: 2'));
    expect(next.out).to.match(/version 2 published/);
    const renamed = written.replace('Lawful', 'By the law');
    expect((await publish(renamed, '--profile', 'lawful')).out).to.match(/version 3 published/);
    const facts = await published();
    expect(facts.map(({ version, name }) => [version, name])).to.deep.equal([
      [1, 'Lawful'],
      [2, 'Lawful'],
      [3, 'By the law'],
    ]);
    expect(facts[0]).to.deep.equal({
      version: 1,
      name: 'Lawful',
      types: ['district'],
      needs: [
        {
          need: 'law',
          name: 'Knows the law',
          anyOf: [
            {
              framework: { id: framework, version: 1 },
              skill: LAW,
              level: 'aware',
              people: 1,
              currentMonths: 12,
            },
          ],
        },
      ],
    });
    const shown = await ran(home, ['coverage', '--profile', 'by the law']);
    expect(shown).to.match(/^By the law, version 3\n/);
  });

  it('says in one line what is wrong with a file', async () => {
    for (const [text, says] of [
      [
        written.replace('skill: law', 'skill: juggling'),
        /“Invented skills” has no skill "juggling"/,
      ],
      [written.replace('invented SKILLS', 'Others'), /nothing is called "Others"/],
      [written.replace('people: 1', 'people: none'), /: needs\.0\.anyOf\.0\.people: /],
      [written.replace('people: 1', 'people: 0'), /: needs\.0\.anyOf\.0\.people: /],
      [
        written.replace('level: aware', 'level: wizard'),
        /the levels of “Law” are aware, not wizard/,
      ],
      ['name: [', /lawful\.yaml: /],
    ] as const) {
      const { code, out, err } = await publish(text);
      expect([code, out, err.trimEnd().split('\n').length], err).to.deep.equal([1, '', 1]);
      expect(err).to.match(says);
    }
    expect((await publish(written, '--by', 'nobody')).err).to.match(/an admin is expected/);
  });
});
