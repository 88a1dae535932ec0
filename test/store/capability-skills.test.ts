import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { AnyNewFact } from '../../src/events/registry.ts';
import { capabilityReport } from '../../src/projections/capability/report.ts';
import { asking } from '../support/capability-source.ts';
import { type Chronicle, chronicle, idOf, kidOf } from '../support/chronicle.ts';
import { decidedBy } from '../support/history-claims.ts';
import { people, streamOf } from '../support/history-told.ts';

const framework = idOf('framework');
const [DATA, LAW] = [idOf('data'), idOf('law')];
const [ada = ''] = people.members;

/** A member, and a framework in which a skill goes stale after two years. */
function begun(): Chronicle {
  const said = chronicle();
  const levels = ['aware', 'working', 'expert'].map((code) => ({ code, name: code }));
  const skills = [DATA, LAW].map((skill) => ({ skill, name: skill }));
  const published = { version: 1, name: 'Skills', levels, skills: 2, parts: 1 };
  said.say(`framework-${framework}`, [
    {
      type: 'FrameworkPublished',
      data: { ...published, effectiveFrom: '2020-01-01', staleAfterMonths: 24 },
    },
    { type: 'FrameworkSkillsListed', data: { version: 1, part: 1, skills } },
  ]);
  const registered = { person: ada, kid: kidOf('ada'), grade: 'full', on: '2020-01-01' };
  tell(said, { type: 'Registered', data: registered });
  return said;
}

function tell(said: Chronicle, ...facts: AnyNewFact[]): string {
  return said.say(streamOf(ada), facts)[0]?.id ?? '';
}

const atLevel = (level: string, skill = DATA) => ({
  framework: { id: framework, version: 1 },
  skill,
  level,
});

function credited(name: string, level: string, observedOn: string, more: object = {}): AnyNewFact {
  const seen = { source: 'peer' as const, by: people.assessor, observedOn, ...more };
  return { type: 'SkillCredited', data: { creditId: idOf(name), ...atLevel(level), ...seen } };
}

/** What of a skill is counted on a day: the level, and whether it is current. */
async function counted(said: Chronicle, on: string, skill = DATA): Promise<string | undefined> {
  const query = {
    on,
    by: ['level'] as const,
    skill: [skill],
    councils: 'then' as const,
    today: on,
  };
  const { cells } = await asking(said.events, (source) => capabilityReport(source, query));
  const [cell, another] = cells;
  expect(another).to.equal(undefined);
  return cell && `${cell.key[0]} ${cell.current > 0 ? 'current' : 'stale'}`;
}

describe('the level at which somebody is counted', () => {
  it('is the highest of what is current, whatever was credited last', async () => {
    const said = begun();
    tell(said, credited('one', 'expert', '2024-06-01'));
    tell(said, credited('two', 'aware', '2025-06-01'));
    expect(await counted(said, '2025-12-01')).to.equal('expert current');
    expect(await counted(said, '2026-05-31')).to.equal('expert current');
  });

  it('is what is current where something higher has gone stale; where all has, the highest', async () => {
    const said = begun();
    tell(said, credited('one', 'expert', '2024-06-01'));
    tell(said, credited('two', 'aware', '2025-06-01'));
    expect(await counted(said, '2026-06-01')).to.equal('aware current');
    expect(await counted(said, '2027-06-01')).to.equal('expert stale');
  });

  it('goes down where it was assessed anew as lower, and was what it was before', async () => {
    const said = begun();
    tell(said, credited('one', 'expert', '2024-06-01'));
    const seen = { source: 'external' as const, by: people.assessor, observedOn: '2025-03-01' };
    const data = { creditId: idOf('one'), level: 'aware', ...seen };
    tell(said, { type: 'SkillReassessed', data });
    expect(await counted(said, '2025-02-28')).to.equal('expert current');
    expect(await counted(said, '2025-03-01')).to.equal('aware current');
  });

  it('is stale when a certificate runs out, and nothing when the skill was ended', async () => {
    const said = begun();
    tell(said, credited('one', 'working', '2024-06-01', { validUntil: '2025-01-01' }));
    expect(await counted(said, '2024-12-31')).to.equal('working current');
    expect(await counted(said, '2025-01-01')).to.equal('working stale');
    tell(said, { type: 'SkillEnded', data: { creditId: idOf('one'), until: '2025-02-01' } });
    expect(await counted(said, '2025-01-31')).to.equal('working stale');
    expect(await counted(said, '2025-02-01')).to.equal(undefined);
    expect(await counted(said, '2024-05-31')).to.equal(undefined);
  });

  it('of an approval goes with the line that was revoked, and with no other', async () => {
    const said = begun();
    const decision = { ...decidedBy(said), decidedOn: '2025-06-01' };
    const line = (name: string, skill: string) => ({
      lineId: idOf(name),
      accepted: { amount: 60, unit: 'minute' as const },
      awards: [],
      skills: [atLevel('working', skill)],
    });
    const lines = [line('one', DATA), line('two', LAW)];
    const claimId = idOf('claim');
    const approval = tell(said, { type: 'ClaimApproved', data: { claimId, decision, lines } });
    expect(await counted(said, '2025-12-01', LAW)).to.equal('working current');
    const about = { claimId, approval, lines: [idOf('two')], decision };
    const effect = { kind: 'ended' as const, from: '2025-09-01' };
    tell(said, { type: 'ApprovalRevoked', data: { ...about, effect } });
    expect(await counted(said, '2025-08-31', LAW)).to.equal('working current');
    expect(await counted(said, '2025-09-01', LAW)).to.equal(undefined);
    tell(said, { type: 'ApprovalRevoked', data: { ...about, effect: { kind: 'void' } } });
    expect(await counted(said, '2025-08-31', LAW)).to.equal(undefined);
    expect(await counted(said, '2025-12-01', DATA)).to.equal('working current');
    const review = { claimId, approval, review: idOf('review'), decision };
    tell(said, { type: 'ReviewOverturned', data: review });
    expect(await counted(said, '2025-12-01', DATA)).to.equal(undefined);
  });
});

describe('two ids of one human', () => {
  it('count once after one absorbed the other, with the skills and posts of both; and twice when it was none', async () => {
    const said = begun();
    const { double } = people;
    const data = { person: double, kid: kidOf('double'), grade: 'full', on: '2021-01-01' };
    said.say(streamOf(double), [
      { type: 'Registered', data },
      {
        type: 'EmploymentStarted',
        data: {
          employmentId: idOf('post'),
          organisation: idOf('body'),
          share: { num: 1, den: 2 },
          from: '2022-01-01',
        },
      },
      credited('double one', 'expert', '2025-06-01'),
    ]);
    tell(said, credited('one', 'aware', '2025-06-01'));
    const heads = async (asOf?: { index: number }) => {
      const on = '2025-12-01';
      const query = { on, today: on, councils: 'then' as const, by: ['level', 'council'] as const };
      const { cells, bases } = await asking(said.events, (source) =>
        capabilityReport(source, { ...query, ...(asOf === undefined ? {} : { asOf }) }),
      );
      return [bases[0]?.heads, ...cells.map(({ key, people: part }) => [...key, part])];
    };
    const apart = [2, ['aware', 'none', 100], ['expert', idOf('body'), 100]];
    expect(await heads()).to.deep.equal(apart);
    const before = said.events.length;
    const absorbed = tell(said, { type: 'Absorbed', data: { duplicate: double } });
    expect(await heads()).to.deep.equal([1, ['expert', idOf('body'), 100]]);
    expect(await heads({ index: before })).to.deep.equal(apart);
    const correction = idOf('correction');
    const wrong = { eventId: absorbed, reasons: ['entered-wrongly'], correction };
    tell(said, { type: 'FactRetracted', data: wrong });
    expect(await heads()).to.deep.equal(apart);
    expect(await heads({ index: before + 1 })).to.deep.equal([1, ['expert', idOf('body'), 100]]);
  });
});
