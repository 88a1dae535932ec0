import { describe, it } from 'mocha';
import { declareCapability, withdrawCapability } from '../../src/commands/capability.ts';
import { newIdOf } from '../../src/events/ids.ts';
import type { Actor } from '../../src/events/shapes.ts';
import { framed, inVersion } from '../support/skills.ts';
import { COMMAND, fact, given, idOf, TODAY } from '../support/specification.ts';

const COUNCIL = idOf('council');
const CONTACT: Actor = { id: idOf('contact'), role: 'organisation-contact' };
const DECLARATION = idOf('declaration');
const of = { by: CONTACT, of: COUNCIL };
const council = fact(
  'OrganisationRegistered',
  { name: 'Netherby', type: 'district', from: '2020-04-01', identifiers: [] },
  { of: COUNCIL },
);
const past = [council, ...framed()];
const body = { ...inVersion(1), level: 'expert', headcount: 3, of: 40, asOf: '2026-02-01' };
const declared = fact(
  'CapabilityDeclared',
  { ...body, declarationId: DECLARATION, by: CONTACT.id },
  { of: COUNCIL },
);

describe('a declared capability', () => {
  const declarationId = newIdOf(COMMAND, 'declaration');

  it('says how many of how many, as of a day, and who says so; today where no day is named', async () => {
    await given(...past)
      .when(declareCapability, body, of)
      .then({ type: 'CapabilityDeclared', data: { ...body, declarationId, by: CONTACT.id } });
    const { asOf: _, level: __, ...atAll } = { ...body, headcount: 0 };
    await given(...past)
      .when(declareCapability, atAll, of)
      .then({
        type: 'CapabilityDeclared',
        data: { ...atAll, asOf: TODAY, declarationId, by: CONTACT.id },
      });
  });

  it('is of a body that was there, by today, and of no more people than it has', async () => {
    const declare = (more: object) =>
      given(...past).when(declareCapability, { ...body, ...more }, of);
    await declare({ asOf: '2026-03-11' }).thenRefused('date-wrong');
    await declare({ asOf: '2020-03-31' }).thenRefused('date-wrong');
    await declare({ headcount: 41 }).thenRefused('headcount-beyond');
    const ended = fact('OrganisationEnded', { until: '2026-01-01' }, { of: COUNCIL });
    await given(...past, ended)
      .when(declareCapability, body, of)
      .thenRefused('organisation-ended');
    await given(...framed())
      .when(declareCapability, body, of)
      .thenRefused('organisation-unknown');
  });

  it('is of a skill that the framework has, at a level of it', async () => {
    const declare = (more: object) =>
      given(...past).when(declareCapability, { ...body, ...more }, of);
    await declare(inVersion(2)).thenRefused('framework-unknown');
    await declare({ skill: idOf('elsewhere') }).thenRefused('skill-unknown');
    await declare({ level: 'wizard' }).thenRefused('level-wrong');
  });

  it('is not made twice, but anew with other figures, and again once it was withdrawn', async () => {
    const declare =
      (...more: (typeof declared)[]) =>
      (said: object) =>
        given(...past, declared, ...more).when(declareCapability, { ...body, ...said }, of);
    await declare()({}).thenRefused('already-declared');
    await declare()({ headcount: 2 }).then({
      type: 'CapabilityDeclared',
      data: { ...body, headcount: 2, declarationId, by: CONTACT.id },
    });
    const over = { declarationId: DECLARATION, until: '2026-02-01', by: CONTACT.id };
    await declare(fact('CapabilityWithdrawn', over, { of: COUNCIL }))({}).then({
      type: 'CapabilityDeclared',
      data: { ...body, declarationId, by: CONTACT.id },
    });
  });

  it('is withdrawn once, today or from any day since it was made', async () => {
    const path = { declaration: DECLARATION };
    const withdraw = (until?: string, ...more: (typeof declared)[]) =>
      given(...past, declared, ...more).when(withdrawCapability, { until }, { ...of, path });
    const over = { declarationId: DECLARATION, until: TODAY, by: CONTACT.id };
    await withdraw().then({ type: 'CapabilityWithdrawn', data: over });
    await withdraw('2026-02-01').then({
      type: 'CapabilityWithdrawn',
      data: { ...over, until: '2026-02-01' },
    });
    await withdraw('2026-01-31').thenRefused('date-wrong');
    await withdraw(TODAY, fact('CapabilityWithdrawn', over, { of: COUNCIL })).thenRefused(
      'declaration-over',
    );
    await given(...past)
      .when(withdrawCapability, {}, { ...of, path })
      .thenRefused('declaration-unknown');
  });
});
