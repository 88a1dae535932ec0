import { describe, it } from 'mocha';
import { adoptRulebook } from '../../src/commands/adopt-rulebook.ts';
import { ADMIN, admin, rulebook, SCHEME, society } from '../support/past.ts';
import { fact, given, idOf } from '../support/specification.ts';

const NEXT = idOf('next rules');

/** A second version that binds everybody from next year on, and offers this. */
function next(early?: { from: string; track?: string }) {
  const book = early === undefined ? rulebook : { ...rulebook, early };
  const data = { version: 2, effectiveFrom: '2027-01-01', rulebook: book };
  return fact('RulebookPublished', data, { of: SCHEME, id: NEXT, by: ADMIN });
}

const offered = [...society, next({ from: '2026-01-01' })];
const adopt = { scheme: SCHEME, version: 2 };
const data = { scheme: SCHEME, rulebook: { version: 2, eventId: NEXT }, from: '2026-03-10' };
const adopted = fact('RulebookAdopted', data);

describe('adopting rules early', () => {
  it('binds the member from today on, or from a day ahead before they bind everybody', async () => {
    await given(...offered)
      .when(adoptRulebook, adopt)
      .then({ type: 'RulebookAdopted', data });
    await given(...offered)
      .when(adoptRulebook, { ...adopt, from: '2026-12-31' })
      .then({ type: 'RulebookAdopted', data: { ...data, from: '2026-12-31' } });
  });

  it('is no choice for days that are over, but the office may record one that was made then', async () => {
    const before = { ...adopt, from: '2026-03-09' };
    await given(...offered)
      .when(adoptRulebook, before)
      .thenRefused('date-wrong');
    await given(...offered)
      .when(adoptRulebook, before, { by: admin })
      .then({ type: 'RulebookAdopted', data: { ...data, from: '2026-03-09' } });
    await given(...offered)
      .when(adoptRulebook, { ...adopt, from: '2025-12-31' }, { by: admin })
      .thenRefused('date-wrong');
  });

  it('needs a version that offers it to everybody, and that does not bind them anyway', async () => {
    await given(...society, next())
      .when(adoptRulebook, adopt)
      .thenRefused('not-adoptable');
    await given(...society, next({ from: '2026-01-01', track: 'pilot' }))
      .when(adoptRulebook, adopt)
      .thenRefused('not-adoptable');
    await given(...offered)
      .when(adoptRulebook, { ...adopt, from: '2027-01-01' })
      .thenRefused('date-wrong');
    await given(...offered)
      .when(adoptRulebook, { ...adopt, version: 3 })
      .thenRefused('rulebook-unknown');
  });

  it('is not done twice, nor by whom the scheme does not concern', async () => {
    await given(...offered, adopted)
      .when(adoptRulebook, adopt)
      .thenRefused('already-adopted');
    await given(...offered, fact('SchemeLeft', { scheme: SCHEME, on: '2026-01-01' }))
      .when(adoptRulebook, adopt)
      .thenRefused('scheme-not-joined');
  });
});
