import { course, made, startSociety } from '../support/society.ts';
import { tempDir } from '../support/temp.ts';

/** A small ledger that no server has open: a member with two approvals, of which one was revoked. */
export interface Prepared {
  home: string;
  member: string;
  number: string;
  assessor: string;
  scheme: string;
  /** Index of the fact that revoked: as of it, both approvals stood. */
  revokedAt: number;
}

let ready: Promise<Prepared> | undefined;

/** The ledger on which tests of verbs that only look share; who changes it copies its folder first. */
export function prepared(): Promise<Prepared> {
  ready ??= prepare();
  return ready;
}

async function prepare(): Promise<Prepared> {
  const home = tempDir();
  const society = await startSociety(home);
  const { member, assessor } = society.clients;
  const claims = `/v1/members/${society.people.member}/claims`;
  const approvals: { claim: string; approval: string }[] = [];
  for (let count = 0; count < 2; count++) {
    const { ids } = await made(member.post(claims, course));
    const claim = `${claims}/${ids.claim}`;
    const { lineId } = (await member.get(claim)).body.lines[0].line;
    const answer = await made(assessor.post(`${claim}/approvals`, { lines: [{ lineId }] }));
    approvals.push({ claim, approval: answer.events[0].id });
  }
  const { claim, approval } = approvals[0] ?? { claim: '', approval: '' };
  const reason = 'The certificate names somebody else.';
  const revoking = { approval, effect: { kind: 'void' }, reason };
  await made(assessor.post(`${claim}/revocations`, revoking));
  const { facts } = (await member.get(`/v1/members/${society.people.member}/history`)).body;
  await society.close();
  return {
    home,
    member: society.people.member,
    number: 'CANARY-member',
    assessor: society.people.assessor,
    scheme: society.scheme,
    revokedAt: facts.at(-1).index,
  };
}
