import { describe, it } from 'mocha';
import { publishProfile, retireProfile } from '../../src/commands/profile.ts';
import { admin } from '../support/past.ts';
import { CHAIRING, DATA, framed, inVersion } from '../support/skills.ts';
import { fact, given, idOf, TODAY } from '../support/specification.ts';

const PROFILE = idOf('profile');
const of = { by: admin, of: PROFILE };
const analyst = { ...inVersion(1, DATA), level: 'expert', people: 2, currentMonths: 24 };
const chair = { ...inVersion(1, CHAIRING), level: 'held', people: 1 };
const need = { need: 'figures', name: 'Doubts figures', anyOf: [analyst, chair] };
const body = { version: 1, name: 'Open data', needs: [need], types: ['district'] };
const published = fact('ProfilePublished', body, { of: PROFILE });

describe('a capability profile', () => {
  it('says what a body needs, with alternatives, one version after the other', async () => {
    await given(...framed())
      .when(publishProfile, body, of)
      .then({ type: 'ProfilePublished', data: body });
    const second = { ...body, version: 2, name: 'Open data, again' };
    await given(...framed(), published)
      .when(publishProfile, second, of)
      .then({ type: 'ProfilePublished', data: second });
    await given(...framed(), published)
      .when(publishProfile, body, of)
      .thenRefused('version-wrong');
  });

  it('names skills of a framework that is there, at levels that they have', async () => {
    const publish = (way: object) =>
      given(...framed()).when(
        publishProfile,
        { ...body, needs: [{ ...need, anyOf: [analyst, way] }] },
        of,
      );
    await publish({ ...analyst, ...inVersion(2) }).thenRefused('framework-unknown');
    await publish({ ...analyst, skill: idOf('elsewhere') }).thenRefused('skill-unknown');
    await publish({ ...analyst, level: 'wizard' }).thenRefused('level-wrong');
    await publish({ ...chair, level: 'expert' }).thenRefused('level-wrong');
  });

  it('may need somebody who has a skill at all, whatever their level', async () => {
    const any = { ...body, needs: [{ ...need, anyOf: [{ ...analyst, level: 'held' }] }] };
    await given(...framed())
      .when(publishProfile, any, of)
      .then({ type: 'ProfilePublished', data: any });
  });

  it('has each need once', () =>
    given(...framed())
      .when(publishProfile, { ...body, needs: [need, { ...need, name: 'Again' }] }, of)
      .thenRefused('need-doubled'));

  it('is retired once, from today on at the earliest, and then has no next version', async () => {
    const retire = (until?: string) => given(published).when(retireProfile, { until }, of);
    await retire().then({ type: 'ProfileRetired', data: { until: TODAY } });
    await retire('2026-03-09').thenRefused('date-wrong');
    await given().when(retireProfile, {}, of).thenRefused('profile-unknown');
    const retired = fact('ProfileRetired', { until: '2026-02-01' }, { of: PROFILE });
    await given(published, retired).when(retireProfile, {}, of).thenRefused('profile-retired');
    await given(...framed(), published, retired)
      .when(publishProfile, { ...body, version: 2 }, of)
      .thenRefused('profile-retired');
  });
});
