import { expect } from 'chai';
import { v4 } from 'uuid';
import { made, startSociety, type TestSociety } from './society.ts';
import { tempDir } from './temp.ts';

export const DATA = v4();
export const LAW = v4();
export const ON = '2026-02-01';

/** What of an answer the tests look at. */
interface Way {
  enough?: number;
  helpers: {
    region: string;
    near: string;
    people?: number;
    about?: { least: number; most: number };
    persons: { person: string; name: string; at: { council: string }[] }[];
  }[];
  entries: {
    entry: string;
    sessions: { session: string }[];
    earns: { category: string; points: number; rulebook: { version: number } }[];
  }[];
}
export interface Need {
  need: string;
  state?: string;
  ways: [Way];
  partners: { council: string }[];
}

/** A society that looks for help: four bodies in three regions, of which two border on each other. */
export async function helpingSociety(home: string = tempDir()) {
  const society = await startSociety(home);
  const bodies: Record<string, string> = {};
  const { admin } = society.clients;
  const places = { home: 'north', next: 'north', beside: 'south', far: 'west' };
  for (const [name, region] of Object.entries(places)) {
    const body = { name, type: 'district', region, from: '2000-01-01' };
    bodies[name] = (await made(admin.post('/v1/organisations', body))).ids.organisation;
  }
  const levels = ['aware', 'expert'].map((code) => ({ code, name: code }));
  const skills = [
    { skill: DATA, name: 'Data' },
    { skill: LAW, name: 'Law' },
  ];
  const published = { version: 1, name: 'Invented skills', levels, skills };
  const framework = {
    id: (await made(admin.post('/v1/frameworks', published))).ids.framework,
    version: 1,
  };
  const way = (skill: string) => ({
    framework,
    skill,
    level: 'expert',
    people: 1,
    currentMonths: 12,
  });
  const needs = [
    { need: 'data', name: 'Doubts figures', anyOf: [way(DATA)] },
    { need: 'law', name: 'Knows the law', anyOf: [way(LAW)] },
  ];
  const profile = (await made(admin.post('/v1/profiles', { version: 1, name: 'Figures', needs })))
    .ids.profile;
  const regions = [
    { region: 'north', neighbours: ['south'] },
    { region: 'south', neighbours: ['north'] },
    { region: 'west', neighbours: [] },
  ];
  await made(admin.post('/v1/neighbours', { regions }));
  await working('Lawyer At Home', 'home', { skill: LAW });
  /** Somebody employed by a body, who has a skill as it was observed. */
  async function working(name: string, at: string, seen: object = {}): Promise<string> {
    const { admin } = society.clients;
    const body = { name, number: v4().slice(0, 8), grade: 'full', on: '2024-01-01' };
    const { ids } = await made(admin.post('/v1/members', body));
    const member = `/v1/members/${ids.member}`;
    const post = { organisation: bodies[at], from: '2024-01-01' };
    await made(admin.post(`${member}/employments`, post));
    const credit = { framework, skill: DATA, level: 'expert', source: 'peer', ...seen };
    await made(admin.post(`${member}/skills`, { observedOn: '2025-12-01', ...credit }));
    return ids.member;
  }

  async function asked(query = '', who: keyof TestSociety['clients'] = 'admin', council = 'home') {
    const { position } = await society.ledger.store.head();
    const path = `/v1/reports/support?council=${bodies[council]}&profile=${profile}&on=${ON}${query}`;
    const headers = { 'Ledger-At-Least': position ?? '', 'Access-Reason': 'support' };
    const answer = await society.clients[who].get(path, headers);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body as { needs: Need[]; regions: unknown; asOf: number };
  }

  async function data(...args: Parameters<typeof asked>): Promise<Need> {
    const found = (await asked(...args)).needs.find(({ need }) => need === 'data');
    if (found === undefined) throw new Error('the need is not among the gaps');
    return found;
  }

  const people = ({ ways: [way] }: Need) => way.helpers.map((one) => one.people);
  const named = ({ ways: [way] }: Need) =>
    way.helpers.flatMap(({ persons }) => persons.map(({ name }) => name));

  /** A sign-in of a member, to let others see something. */
  async function signedIn(member: string) {
    const subject = v4();
    const { admin } = society.clients;
    await made(admin.post(`/v1/persons/${member}/sign-ins`, { issuer: 'local', subject }));
    return society.as(subject);
  }

  return { society, bodies, framework, profile, working, asked, data, people, named, signedIn };
}
