import { describe, it } from 'mocha';
import { publishDisclosureProfile, publishNeighbours } from '../../src/commands/release.ts';
import { admin } from '../support/past.ts';
import { fact, given, idOf } from '../support/specification.ts';

const RELEASE = idOf('release');
const of = { by: admin, of: RELEASE };
const careful = {
  version: 1,
  name: 'Public tables',
  minimumMembers: 5,
  minimumCell: 5,
  roundingBase: 5,
  smallBase: 20,
};
const neighbours = (...regions: [string, ...string[]][]) => ({
  regions: regions.map(([region, ...others]) => ({ region, neighbours: others })),
});
const two = neighbours(['east', 'west'], ['west', 'east'], ['island']);

describe('a disclosure profile', () => {
  const published = fact(
    'DisclosureProfilePublished',
    { ...careful, level: 'region-by-type' },
    { of: RELEASE },
  );

  it('publishes regions by type of authority unless it says otherwise', async () => {
    await given()
      .when(publishDisclosureProfile, careful, of)
      .then({ type: 'DisclosureProfilePublished', data: { ...careful, level: 'region-by-type' } });
    const finer = { ...careful, level: 'council' as const };
    await given()
      .when(publishDisclosureProfile, finer, of)
      .then({ type: 'DisclosureProfilePublished', data: finer });
  });

  it('has one version after the other', async () => {
    const second = { ...careful, version: 2, level: 'nation' as const };
    await given(published)
      .when(publishDisclosureProfile, second, of)
      .then({ type: 'DisclosureProfilePublished', data: second });
    await given(published).when(publishDisclosureProfile, careful, of).thenRefused('version-wrong');
  });

  it('is not what a stream of neighbours holds', async () => {
    await given(fact('NeighboursPublished', two, { of: RELEASE }))
      .when(publishDisclosureProfile, careful, of)
      .thenRefused('release-wrong');
    await given(published).when(publishNeighbours, two, of).thenRefused('release-wrong');
  });
});

describe('neighbouring regions', () => {
  it('are stated as a whole, once in a stream', async () => {
    await given().when(publishNeighbours, two, of).then({ type: 'NeighboursPublished', data: two });
    await given(fact('NeighboursPublished', two, { of: RELEASE }))
      .when(publishNeighbours, two, of)
      .thenRefused('release-wrong');
  });

  it('name one another, each once, and never themselves', async () => {
    const state = (...regions: [string, ...string[]][]) =>
      given().when(publishNeighbours, neighbours(...regions), of);
    await state(['east', 'west'], ['west']).thenRefused('neighbours-wrong');
    await state(['east', 'west']).thenRefused('neighbours-wrong');
    await state(['east', 'east']).thenRefused('neighbours-wrong');
    await state(['east'], ['east']).thenRefused('neighbours-wrong');
  });
});
