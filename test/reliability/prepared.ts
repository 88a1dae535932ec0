import { made, startSociety } from '../support/society.ts';

/** A person with the token that they sign in with. */
export interface SignedIn {
  id: string;
  token: string;
}

/** A society at rest in a folder, and who may ask it for what. */
export interface Prepared {
  ledgerId: string;
  admin: SignedIn;
  assessor: SignedIn;
  members: SignedIn[];
}

/** Makes a small society in a folder, with so many members who have signed in. */
export async function prepareSociety(home: string, size: number): Promise<Prepared> {
  const society = await startSociety(home);
  const { people, clients, scheme, ledger } = society;
  const signedIn = async (id: string, subject: string): Promise<SignedIn> => ({
    id,
    token: await society.token(subject),
  });
  const members: SignedIn[] = [];
  for (let n = 0; n < size; n++) {
    const subject = `member-${n}`;
    const body = { name: `Invented ${n}`, number: `N-${n}`, grade: 'full', on: '2024-01-01' };
    const { member } = (await made(clients.admin.post('/v1/members', body))).ids;
    await made(clients.admin.post(`/v1/members/${member}/schemes`, { scheme, on: '2024-01-01' }));
    const signIn = { issuer: 'local', subject };
    await made(clients.admin.post(`/v1/persons/${member}/sign-ins`, signIn));
    members.push(await signedIn(member, subject));
  }
  const prepared = {
    ledgerId: ledger.ledgerId,
    admin: await signedIn(people.admin, 'admin'),
    assessor: await signedIn(people.assessor, 'assessor'),
    members,
  };
  await society.close();
  return prepared;
}
