import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { v4 } from 'uuid';
import { made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';
import { ran, run } from './run.ts';

describe('verbs of capability', () => {
  const home = tempDir();
  const skill = v4();
  let member: string;
  before(async () => {
    const society = await startSociety(home);
    const { admin } = society.clients;
    member = society.people.member;
    const levels = ['aware', 'expert'].map((code) => ({ code, name: code }));
    const skills = [{ skill, name: 'Data' }];
    const published = { version: 1, name: 'Invented skills', levels, skills };
    const { ids } = await made(admin.post('/v1/frameworks', published));
    const framework = { id: ids.framework, version: 1 };
    const way = { framework, skill, level: 'expert', people: 1 };
    const needs = [{ need: 'data', name: 'Doubts figures', anyOf: [way] }];
    await made(admin.post('/v1/profiles', { version: 1, name: 'Figures', needs }));
    const post = { organisation: society.council, from: '2024-01-01' };
    await made(admin.post(`/v1/members/${member}/employments`, post));
    const seen = { framework, skill, level: 'aware', source: 'peer', observedOn: '2025-02-01' };
    await made(admin.post(`/v1/members/${member}/skills`, seen));
    await society.close();
  });
  const on = ['--on', '2026-01-31'];

  it('capability shows figures as a table, as CSV and as JSON', async () => {
    const table = await ran(home, ['capability', '--by', 'skill,level,council', ...on]);
    expect(table).to.match(/^Data +aware +Netherby Council +1 +1 +0 +1$/m);
    expect(table).to.match(/^all +1 +1 +0 +1$/m);
    expect(table).to.match(/^3 members on 2026-01-31, 1 of them with a skill, as of index \d+$/m);
    const csv = await ran(home, ['capability', '--by', 'skill', '--csv', ...on]);
    expect(csv).to.include(`${skill},Data,1.00,1.00,0.00,`);
    const json = JSON.parse(await ran(home, ['capability', '--by', 'skill', '--json', ...on]));
    expect(json.cells[0]).to.include({ people: 100, heads: 1 });
  });

  it('coverage shows the share over the known, and who lacks what', async () => {
    const shown = await ran(home, ['coverage', '--profile', 'figures', '--by', 'type', ...on]);
    expect(shown).to.match(/^all +1 +0 +0 +1 +0 +1 of 1 known \(100%\)$/m);
    expect(shown).to.match(/^Netherby Council +district +not-met +data not-met$/m);
    const csv = await ran(home, ['coverage', '--profile', 'Figures', '--csv', ...on]);
    expect(csv.trimEnd().split('\n')).to.have.length(2);
  });

  it('explain prints who makes up a figure, and the facts by which they count', async () => {
    const figure = ['--skill', 'data', '--council', 'netherby council', ...on];
    const shown = await ran(home, ['explain', 'capability', ...figure]);
    expect(shown).to.match(new RegExp(`^${member}: counted$`, 'm'));
    expect(shown).to.match(
      /^ {4}counts: aware \(peer, version 1\), observed 2025-02-01; fact \d+/m,
    );
    expect(shown).to.match(/^1 people, parts of 1 members, on 2026-01-31, as of index \d+$/m);
    const expert = ['--level', 'expert', ...figure];
    expect(await ran(home, ['explain', 'capability', ...expert])).to.match(/^0 people/);
    const all = await ran(home, ['explain', 'capability', '--all', ...expert]);
    expect(all).to.match(new RegExp(`^${member}: not counted$`, 'm'));
    expect(all).to.match(/^ {2}Data: aware, current \(not in this figure\)$/m);
  });

  it('say what is wrong with what they are asked', async () => {
    for (const [args, says] of [
      [['capability', '--by', 'colour'], 'one of month, skill,'],
      [['capability', '--skill', 'Juggling'], 'nothing is called "Juggling"'],
      [['capability', '--on', 'today'], 'a day is expected'],
      [['coverage', '--profile', 'nothing'], 'there is no profile "nothing"'],
    ] as const) {
      const { code, err } = await run(home, [...args]);
      expect([code, err]).to.deep.equal([1, err]);
      expect(err).to.include(says);
    }
  });
});
