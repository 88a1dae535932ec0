import { describe, it } from 'mocha';
import {
  changeIdentifiers,
  changeOrganisation,
  endOrganisation,
  registerOrganisation,
  succeedOrganisation,
} from '../../src/commands/organisation.ts';
import {
  appointAssessor,
  constitutePanel,
  declareInterest,
  endAppointment,
  publishRulebook,
} from '../../src/commands/scheme.ts';
import { newIdOf } from '../../src/events/ids.ts';
import {
  ASSESSOR,
  admin,
  appointed,
  appointmentOf,
  published,
  rulebook,
  SCHEME,
  SECOND,
} from '../support/past.ts';
import { COMMAND, fact, given, idOf } from '../support/specification.ts';

const COUNCIL = idOf('council');
const details = { name: 'Netherby', type: 'district' };
const council = (of = COUNCIL) =>
  fact('OrganisationRegistered', { ...details, from: '2020-04-01', identifiers: [] }, { of });
const ended = (until: string) => fact('OrganisationEnded', { until }, { of: COUNCIL });
const asked = { by: admin, of: COUNCIL };

describe('a body', () => {
  const code = (from: string, until?: string) => ({
    register: 'gss',
    code: `E0${from.slice(0, 4)}`,
    from,
    ...(until === undefined ? {} : { until }),
  });

  it('is entered once, with codes or without', async () => {
    const body = { ...details, from: '2020-04-01' };
    await given()
      .when(registerOrganisation, body, asked)
      .then({ type: 'OrganisationRegistered', data: { ...body, identifiers: [] } });
    await given(council())
      .when(registerOrganisation, body, asked)
      .thenRefused('organisation-exists');
  });

  it('has one code of a register at a time', async () => {
    const change = (...identifiers: object[]) =>
      given(council()).when(changeIdentifiers, { identifiers }, asked);
    const identifiers = [code('2020-04-01', '2022-04-01'), code('2022-04-01')];
    await change(...identifiers).then({
      type: 'OrganisationIdentifiersChanged',
      data: { identifiers },
    });
    await change(code('2020-04-01'), code('2022-04-01')).thenRefused('date-wrong');
    await change(code('2020-04-01', '2020-04-01')).thenRefused('date-wrong');
    await given()
      .when(changeIdentifiers, { identifiers }, asked)
      .thenRefused('organisation-unknown');
  });

  it('changes its details from a day on which it was', async () => {
    const change = { ...details, name: 'Overby', effectiveOn: '2020-04-01' };
    await given(council())
      .when(changeOrganisation, change, asked)
      .then({ type: 'OrganisationDetailsChanged', data: change });
    await given(council())
      .when(changeOrganisation, { ...change, effectiveOn: '2020-03-31' }, asked)
      .thenRefused('date-wrong');
  });

  it('ends once, after it began', async () => {
    const end = { until: '2024-04-01' };
    await given(council())
      .when(endOrganisation, end, asked)
      .then({ type: 'OrganisationEnded', data: end });
    await given(council(), ended('2023-04-01'))
      .when(endOrganisation, end, asked)
      .thenRefused('organisation-ended');
    await given(council())
      .when(endOrganisation, { until: '2020-04-01' }, asked)
      .thenRefused('date-wrong');
  });

  it('is succeeded once, by others who are there, after it began and not before it ended', async () => {
    const heir = idOf('heir');
    const body = { successors: [heir], kind: 'merger' as const, effectiveOn: '2024-04-01' };
    const both = [council(), council(heir)];
    await given(...both)
      .when(succeedOrganisation, body, asked)
      .then({ type: 'OrganisationSucceeded', data: body });
    const done = fact('OrganisationSucceeded', body, { of: COUNCIL });
    await given(...both, done)
      .when(succeedOrganisation, body, asked)
      .thenRefused('organisation-ended');
    await given(council())
      .when(succeedOrganisation, body, asked)
      .thenRefused('organisation-unknown');
    await given(council())
      .when(succeedOrganisation, { ...body, successors: [COUNCIL] }, asked)
      .thenRefused('succeeds-itself');
    await given(...both, ended('2025-04-01'))
      .when(succeedOrganisation, body, asked)
      .thenRefused('date-wrong');
  });
});

describe('a scheme', () => {
  const of = { by: admin, of: SCHEME };

  it('publishes the versions of its rulebook one after the other', async () => {
    const version = (next: number) => ({ version: next, effectiveFrom: '2027-01-01', rulebook });
    await given(published())
      .when(publishRulebook, version(2), of)
      .then({ type: 'RulebookPublished', data: version(2) });
    await given(published()).when(publishRulebook, version(1), of).thenRefused('version-wrong');
    await given(published()).when(publishRulebook, version(3), of).thenRefused('version-wrong');
  });

  it('appoints assessors, and ends an appointment tomorrow at the earliest', async () => {
    const office = { person: ASSESSOR, from: '2026-01-01' };
    const appointmentId = newIdOf(COMMAND, 'appointment');
    await given()
      .when(appointAssessor, office, of)
      .then({ type: 'AssessorAppointed', data: { ...office, delegates: [], appointmentId } });
    await given()
      .when(appointAssessor, { ...office, until: '2026-01-01' }, of)
      .thenRefused('date-wrong');
    const path = { appointment: appointmentOf(ASSESSOR) };
    const end = (until: string, more = {}) =>
      given(appointed(ASSESSOR, more)).when(endAppointment, { until }, { ...of, path });
    await end('2026-03-10').thenRefused('date-wrong');
    await end('2026-03-11').then({
      type: 'AppointmentEnded',
      data: { appointmentId: appointmentOf(ASSESSOR), until: '2026-03-11' },
    });
    await end('2026-06-01', { until: '2026-06-01' }).thenRefused('appointment-over');
    // One that is ahead ends as it begins, and never is in force.
    await end('2026-06-30', { from: '2026-07-01' }).thenRefused('date-wrong');
    await end('2026-07-01', { from: '2026-07-01' }).then({
      type: 'AppointmentEnded',
      data: { appointmentId: appointmentOf(ASSESSOR), until: '2026-07-01' },
    });
    await given()
      .when(endAppointment, { until: '2026-06-01' }, { ...of, path })
      .thenRefused('appointment-unknown');
  });

  it('forms panels whose quorum can sit, each person once', async () => {
    const panel = { members: [ASSESSOR, SECOND], quorum: 2, from: '2026-01-01' };
    await given()
      .when(constitutePanel, panel, of)
      .then({ type: 'PanelConstituted', data: { ...panel, panelId: newIdOf(COMMAND, 'panel') } });
    await given()
      .when(constitutePanel, { ...panel, quorum: 3 }, of)
      .thenRefused('quorum-short');
    await given()
      .when(constitutePanel, { ...panel, members: [SECOND, SECOND] }, of)
      .thenRefused('panel-doubled');
  });

  it('notes the interests of who decides', async () => {
    const interest = {
      person: ASSESSOR,
      in: COUNCIL,
      kind: 'employer' as const,
      from: '2026-01-01',
    };
    const interestId = newIdOf(COMMAND, 'interest');
    await given()
      .when(declareInterest, interest, of)
      .then({ type: 'InterestDeclared', data: { ...interest, interestId } });
    await given()
      .when(declareInterest, { ...interest, until: '2025-12-31' }, of)
      .thenRefused('date-wrong');
  });

  it('lets an assessor declare their own interests, under any id of theirs, and no one else’s', async () => {
    const kind = 'colleague' as const;
    const interest = { person: ASSESSOR, in: COUNCIL, kind, from: '2026-01-01' };
    const by = (id: string, also: string[] = []) =>
      given().when(declareInterest, interest, {
        of: SCHEME,
        by: { id, role: 'assessor' as const },
        also,
      });
    const data = { ...interest, interestId: newIdOf(COMMAND, 'interest') };
    await by(ASSESSOR).then({ type: 'InterestDeclared', data });
    await by(SECOND, [ASSESSOR]).then({ type: 'InterestDeclared', data });
    await by(SECOND).thenRefused('own-interest');
  });
});
