import { expect } from 'chai';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { erase } from '../../src/commands/erase.ts';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';

const heading =
  'Membership number,First name,Surname,E-mail,Grade,Member since,Employer,Employed since';
const file = (...rows: string[]): string => `${[heading, ...rows].join('\r\n')}\r\n`;
const anna = 'A-001,Anna,Quill,anna@example.org,Full member,31/01/2024,,';

async function typesOf(society: ImportingSociety, number: string): Promise<string[]> {
  return society.with(async ({ vault, store }) => {
    const person = await vault.personByNumber(number);
    if (person === undefined) return [];
    return (await store.readStream(`member-${person}`, 0n)).map(({ type }) => type);
  });
}

describe('Importing members', () => {
  let society: ImportingSociety;
  beforeEach(async () => {
    society = await importingSociety();
  });

  it('registers a member, who then stands in vault and directory', async () => {
    const report = await society.import('members', file(anna));
    expect(report).to.include({ added: 1, refused: 0, failed: undefined });
    const [fact] = (await society.facts()).slice(-1);
    expect(fact?.type).to.equal('Registered');
    expect(fact?.data).to.include({ grade: 'full-member', on: '2024-01-31' });
    await society.with(async ({ vault, directory }) => {
      const person = await vault.personByNumber('a001');
      expect(fact?.stream).to.equal(`member-${person}`);
      expect(await directory.nameOf(person ?? '')).to.equal('Anna Quill');
    });
  });

  it('names the line that has a number first, where another row has it, too', async () => {
    const report = await society.import('members', file(anna, anna.replace('Anna', 'Bert')));
    expect(report).to.include({ added: 1 });
    expect(report.changed).to.deep.equal([
      {
        line: 3,
        expected: 'an id of its own is expected: line 2 has the same, with other content',
      },
    ]);
    const later = await society.import('members', file(anna.replace('Anna', 'Bert')));
    expect(later.changed[0]?.expected).to.match(/^the content with which it was imported before/);
  });

  it('reads names from Windows-1252, as a spreadsheet saves it', async () => {
    const text = file(anna.replace('Anna', 'Zoë').replace('Quill', 'O’Neill'));
    const bytes = Buffer.from(text.replace('’', '\u0092'), 'latin1');
    const report = await society.import('members', bytes);
    expect(report.encoding).to.equal('Windows-1252');
    await society.with(async ({ directory }) => {
      expect((await directory.search('zoe', 2)).map(({ name }) => name)).to.deep.equal([
        'Zoë O’Neill',
      ]);
    });
  });

  it('joins a scheme and starts an employment, found by code or name', async () => {
    await society.import('organisations', 'id,name,type,from\nN1,Netherby,district,1974-04-01\n');
    const scheme = ['--set', `scheme=${society.scheme}`];
    const rows = file(
      'A1,Anna,Quill,,Full,31/01/2024,n1,',
      'A2,Bert,Quill,,Full,31/01/2024,NETHERBY,01/05/2024',
      'A3,Cora,Quill,,Full,31/01/2024,,',
    );
    expect(await society.import('members', rows, ...scheme)).to.include({ added: 3, refused: 0 });
    const begun = ['Registered', 'SchemeJoined'];
    expect(await typesOf(society, 'A1')).to.deep.equal([...begun, 'EmploymentStarted']);
    expect(await typesOf(society, 'A3')).to.deep.equal(begun);
    const posts = (await society.facts()).flatMap((fact) =>
      fact.type === 'EmploymentStarted' ? [fact.data.from] : [],
    );
    expect(posts.toSorted()).to.deep.equal(['2024-01-31', '2024-05-01']);
  });

  it('takes nothing of a row of which a later part is refused, so that it can be mended', async () => {
    await society.import('organisations', 'id,name,type,from\nN1,Netherby,district,2024-04-01\n');
    const row = (day: string): string => file(`A1,Anna,Quill,,Full,31/01/2024,N1,${day}`);
    const report = await society.import('members', row('01/03/2024'));
    expect(report.bad[0]).to.include({ line: 2, column: 'Employed since', value: '01/03/2024' });
    expect(await typesOf(society, 'A1')).to.deep.equal([]);
    expect(await society.import('members', row('01/04/2024'))).to.include({ added: 1 });
    expect(await typesOf(society, 'A1')).to.deep.equal(['Registered', 'EmploymentStarted']);
  });

  it('loses no good row to a bad one', async () => {
    const report = await society.import(
      'members',
      file(
        'A1,Anna,Quill,anna.example.org,Full,31/01/2024,,',
        ',Bert,Quill,,Full,31/01/2024,,',
        'A3,,,,Full,31/01/2024,,',
        'A4,Dora,Quill,,,31/01/2024,,',
        'A5,Emil,Quill,,Full,31/02/2024,,',
        'A6,Fay,Quill,,Full,31/01/2024,Nowhere,',
        'A7,Gus,Quill,,Full,31/01/2999,,',
        'A8,Hal,Quill,,Full,31/01/2024,,',
      ),
    );
    expect(report).to.include({ rows: 8, added: 1, refused: 7 });
    expect(report.bad.map(({ line, column, value }) => [line, column, value])).to.deep.equal([
      [2, 'E-mail', 'anna.example.org'],
      [3, 'Membership number', ''],
      [4, undefined, undefined],
      [5, 'Grade', ''],
      [6, 'Member since', '31/02/2024'],
      [7, 'Employer', 'Nowhere'],
      [8, 'Member since', '31/01/2999'],
    ]);
  });

  it('refuses a number that somebody else has, and who is registered otherwise', async () => {
    await society.import('members', file(anna), '--source', 'one');
    const report = await society.import('members', file(anna), '--source', 'two');
    expect(report).to.include({ added: 0, refused: 1 });
    expect(report.bad[0]).to.include({ column: 'Membership number', value: 'A-001' });
  });

  it('does not bring back who was erased, on a dry run neither', async () => {
    await society.import('members', file(anna));
    await society.with(async (ledger) => {
      const subject = (await ledger.vault.personByNumber('A001')) ?? '';
      const body = { scope: 'person' as const };
      const actor = { id: society.admin, role: 'admin' as const };
      const asked = { actor, own: new Set([society.admin]), key: v4(), correlationId: v4() };
      await erase(ledger, { subject, body, raw: body, ...asked });
    });
    const before = (await society.facts()).length;
    for (const options of [['--dry-run'], []]) {
      const report = await society.import('members', file(anna), ...options);
      expect(report).to.include({ added: 0, refused: 1 });
      expect(report.bad[0]).to.include({ column: 'Membership number', value: 'A-001' });
    }
    expect((await society.facts()).length).to.equal(before);
  });

  it('knows a number however it is spelt, and tells a row that has changed', async () => {
    await society.import('members', file(anna));
    const before = (await society.facts()).length;
    const spelt = await society.import('members', file(anna.replace('A-001', 'A-001 ')));
    expect(spelt).to.include({ added: 0, unchanged: 1 });
    const renamed = await society.import('members', file(anna.replace('Quill', 'Quirk')));
    expect(renamed.changed.map(({ line }) => line)).to.deep.equal([2]);
    expect((await society.facts()).length).to.equal(before);
  });

  it('notices leading zeros that may be lost, and puts them back', async () => {
    const text = file(...['00012', '345', '67890'].map((number) => anna.replace('A-001', number)));
    const dry = await society.import('members', text, '--dry-run');
    expect(dry.notices[0]).to.include({ line: 3 });
    expect(dry.notices[0]?.says).to.include('--digits number=5');
    const report = await society.import('members', text, '--digits', 'number=5');
    expect(report.notices).to.deep.equal([]);
    expect(await typesOf(society, '00345')).to.deep.equal(['Registered']);
    expect(await typesOf(society, '345')).to.deep.equal([]);
  });

  it('does on a dry run what the import then does, and writes nothing', async () => {
    const text = file(anna, anna, 'B1,Bert,Quill,,,31/01/2024,,', 'C1,Cy,Quill,,Full,,,');
    const before = await society.facts();
    const dry = await society.import('members', text, '--dry-run');
    expect(await society.facts()).to.deep.equal(before);
    expect(dry).to.include({ added: 2, unchanged: 1, refused: 1 });
    const { dryRun: _, ...wet } = await society.import('members', text);
    expect({ ...wet, dryRun: true }).to.deep.equal(dry);
    const again = await society.import('members', text, '--dry-run');
    expect(again).to.include({ added: 0, unchanged: 3, refused: 1 });
  });

  it('adds nothing the second time, whatever the rows', async function () {
    this.timeout(60_000);
    const word = fc.constantFrom(
      'A 1',
      'a-1',
      'B2',
      '007',
      '7',
      '',
      'Zoë "Z"',
      'x,y',
      'a\nb',
      '31/01/2024',
    );
    const row = fc.tuple(
      word,
      word,
      fc.constantFrom('Full', 'full', ''),
      fc.constantFrom('31/01/2024', 'x', ''),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const text = stringify([['number', 'name', 'grade', 'joined'], ...rows]);
        const first = await society.import('members', text);
        const count = (await society.facts()).length;
        const second = await society.import('members', text);
        expect((await society.facts()).length).to.equal(count);
        expect(second.added).to.equal(0);
        expect(second.bad).to.deep.equal(first.bad);
        expect(second.changed).to.deep.equal(first.changed);
      }),
      { numRuns: 15 },
    );
  });
});
