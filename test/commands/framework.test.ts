import { describe, it } from 'mocha';
import { publishFramework } from '../../src/commands/framework.ts';
import { openLedger, stateKeysLost } from '../../src/commands/ledger.ts';
import { newIdOf } from '../../src/events/ids.ts';
import { admin } from '../support/past.ts';
import { COMMAND, given, idOf, kidOf } from '../support/specification.ts';

describe('a framework', () => {
  const of = { by: admin, of: idOf('framework') };
  const first = {
    version: 1,
    name: 'Invented skills',
    levels: [{ code: 'expert', name: 'Expert' }],
    skills: [{ name: 'Data' }, { name: 'Law', skill: idOf('law') }],
  };

  it('gives ids to skills that are new, and publishes one version after the other', async () => {
    const { skills: _, ...said } = first;
    const skills = [
      { name: 'Data', skill: newIdOf(COMMAND, 'skill/0') },
      { name: 'Law', skill: idOf('law') },
    ];
    await given()
      .when(publishFramework, first, of)
      .then(
        { type: 'FrameworkPublished', data: { ...said, skills: 2, parts: 1 } },
        { type: 'FrameworkSkillsListed', data: { version: 1, part: 1, skills } },
      );
    await given()
      .when(publishFramework, { ...first, version: 2 }, of)
      .thenRefused('version-wrong');
  });

  it('has each skill and each level once', async () => {
    const twice = { ...first, skills: [{ name: 'Data' }, { name: 'Data' }] };
    await given().when(publishFramework, twice, of).thenRefused('skill-doubled');
    const level = { code: 'expert', name: 'Again' };
    await given()
      .when(publishFramework, { ...first, levels: [...first.levels, level] }, of)
      .thenRefused('skill-doubled');
  });
});

describe('a ledger', () => {
  const body = { ledgerId: idOf('ledger'), name: 'Test Society', demo: false };
  const data = { ...body, contractVersion: 1 as const, zone: 'Europe/London' as const };

  it('is opened once', async () => {
    await given()
      .when(openLedger, body, { by: admin, of: '' })
      .then({ type: 'LedgerOpened', data });
  });

  it('says which keys are lost for good', () =>
    given()
      .when(stateKeysLost, { kids: [kidOf('lost')] }, { by: admin, of: '' })
      .then({ type: 'KeysLost', data: { kids: [kidOf('lost')] } }));
});
