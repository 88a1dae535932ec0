import { expect } from 'chai';
import type { AnyFact } from '../../src/events/registry.ts';
import { systemActors } from '../../src/events/shapes.ts';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';

const heading = 'id,name,type,region,gss-code,start-date,end-date,replaced-by';
const file = (...rows: string[]): string => `${[heading, ...rows].join('\n')}\n`;

/** What became of a body: by name, so that a test can be read. */
async function fates(society: ImportingSociety): Promise<Record<string, unknown>> {
  const facts = await society.facts();
  const names = new Map<string, string>();
  for (const { type, data, stream } of facts) {
    if (type === 'OrganisationRegistered')
      names.set(stream.slice('organisation-'.length), data.name);
  }
  return Object.fromEntries(
    facts.flatMap((fact): [string, unknown][] => {
      const name = names.get(fact.stream.slice('organisation-'.length)) ?? '';
      return fact.type === 'OrganisationEnded' || fact.type === 'OrganisationSucceeded'
        ? [[name, fateOf(fact, names)]]
        : [];
    }),
  );
}

function fateOf(fact: AnyFact, names: ReadonlyMap<string, string>): unknown {
  if (fact.type === 'OrganisationEnded') return fact.data.until;
  if (fact.type !== 'OrganisationSucceeded') return undefined;
  const { kind, effectiveOn, successors } = fact.data;
  return [kind, effectiveOn, ...successors.map((id) => names.get(id))];
}

describe('Importing organisations', () => {
  let society: ImportingSociety;
  beforeEach(async () => {
    society = await importingSociety();
  });

  it('enters a body with its codes, by the import on behalf of the admin', async () => {
    const report = await society.import(
      'organisations',
      file('NBY,"Netherby, City of",Metropolitan district,North West,E07000999,01/04/1974,,'),
    );
    expect(report).to.include({ rows: 1, added: 1, refused: 0, failed: undefined });
    const [fact] = (await society.facts()).slice(-1);
    expect(fact?.data).to.deep.equal({
      name: 'Netherby, City of',
      type: 'metropolitan-district',
      region: 'north-west',
      from: '1974-04-01',
      identifiers: [
        { register: 'old-system', code: 'NBY', from: '1974-04-01' },
        { register: 'gss', code: 'E07000999', from: '1974-04-01' },
      ],
    });
    const { id, role, onBehalfOf } = fact?.metadata.actor ?? {};
    expect([id, role, onBehalfOf]).to.deep.equal([systemActors.import, 'import', society.admin]);
  });

  it('tells a merger, a split and a rename from who succeeds whom, chains in any order', async () => {
    await society.import(
      'organisations',
      file(
        'A,Aldby,district,,,1974-04-01,2009-04-01,C',
        'B,Beckby,district,,,1974-04-01,2009-04-01,C',
        'C,Coldby,district,,,2009-04-01,2020-04-01,"D,E"',
        'D,Dunby,unitary,,,2020-04-01,2023-04-01,F',
        'E,Eskby,unitary,,,2020-04-01,,',
        'F,Farby,unitary,,,2023-04-01,,',
        'G,Garby,district,,,1974-04-01,2020-04-01,E',
      ),
    );
    expect(await fates(society)).to.deep.equal({
      Aldby: ['merger', '2009-04-01', 'Coldby'],
      Beckby: ['merger', '2009-04-01', 'Coldby'],
      Coldby: ['split', '2020-04-01', 'Dunby', 'Eskby'],
      Dunby: ['rename', '2023-04-01', 'Farby'],
      Garby: ['merger', '2020-04-01', 'Eskby'],
    });
  });

  it('takes the kind of a column before any other', async () => {
    const text = 'id,name,type,from,until,successors,kind\n';
    const rows = 'A,Aldby,x,1974-04-01,2009-04-01,B,merger\nB,Beckby,x,2009-04-01,,,\n';
    await society.import('organisations', text + rows);
    expect(await fates(society)).to.deep.equal({ Aldby: ['merger', '2009-04-01', 'Beckby'] });
  });

  it('makes last days half-open, and names the rows that it shifted', async () => {
    const report = await society.import(
      'organisations',
      file(
        'A,Aldby,district,,,1974-04-01,31/03/2020,C',
        'B,Beckby,district,,,1974-04-01,01/04/2020,C',
        'C,Coldby,unitary,,,2020-04-01,,',
        'D,Dunby,district,,,1974-04-01,31/03/2020,',
        'E,Eskby,district,,,1974-04-01,30/06/2019,',
      ),
    );
    expect(await fates(society)).to.deep.equal({
      Aldby: ['merger', '2020-04-01', 'Coldby'],
      Beckby: ['merger', '2020-04-01', 'Coldby'],
      Dunby: '2020-04-01',
      Eskby: '2019-06-30',
    });
    expect(report.notices).to.deep.equal([
      { line: 2, says: 'A ended on 2020-03-31, its last day: until 2020-04-01' },
      { line: 5, says: 'D ended on 2020-03-31, its last day: until 2020-04-01' },
      {
        line: 6,
        says: 'E ended on 2019-06-30, taken as the first day without it: nothing tells',
      },
    ]);
  });

  it('keeps a body without code, first day or successor, and says what it took instead', async () => {
    const report = await society.import('organisations', 'name,type\nAldby,board\nAldby,board\n');
    expect(report).to.include({ added: 2, refused: 0 });
    expect(report.notices.map(({ says }) => says).join()).to.include('1900-01-01 is taken');
    const set = await society.import(
      'organisations',
      'name,type\nBeckby,board\n',
      '--set',
      'from=1974-04-01',
    );
    expect(set.notices).to.deep.equal([]);
    const begun = (await society.facts()).flatMap((fact) =>
      fact.type === 'OrganisationRegistered' ? [fact.data.from] : [],
    );
    expect(begun).to.deep.equal(['1900-01-01', '1900-01-01', '1974-04-01']);
  });

  it('loses no good row to a bad one, and names line, column, value and what was expected', async () => {
    const report = await society.import(
      'organisations',
      file(
        'A,"Ald\nby",district,,,01/13/1974,,',
        'B,Beckby,,,,1974-04-01,,',
        'C,Coldby,district,,,1974-04-01,,Z',
        'D,Dunby,district,,,1974-04-01,1970-01-01,',
        'E,Eskby,district',
        'F,Farby,district,,,1974-04-01,,',
      ),
    );
    expect(report).to.include({ rows: 6, added: 1, refused: 5, failed: 'bad rows: 5 of 6' });
    expect(report.bad.map(({ line, column, value }) => [line, column, value])).to.deep.equal([
      [2, 'start-date', '01/13/1974'],
      [4, 'type', ''],
      [5, 'replaced-by', 'Z'],
      [5, 'end-date', ''],
      [6, 'end-date', '1970-01-01'],
      [7, undefined, undefined],
    ]);
    expect(report.bad[0]?.expected).to.include('31/01/2026');
  });

  it('takes what stands before a quote that stays open, and nothing after it', async () => {
    const text = file('A,Aldby,x,,,,,', 'B,"Beckby,x,,,,,', 'C,Coldby,x,,,,,', 'D,"Dunby",x,,,,,');
    const report = await society.import('organisations', text);
    expect(report).to.include({ rows: 1, added: 1, refused: 0, openedOn: 3 });
    expect(report.failed).to.equal('nothing was read from line 3 on, where a quote stays open');
    expect(report.bad).to.have.length(1);
    expect(report.bad[0]).to.include({ line: 3, column: 'name', value: 'Beckby,x,,,,,' });
  });

  it('adds nothing when it is run again, whatever the delimiter and the order of columns', async () => {
    const text = 'name,type\nAldby,board\nAldby,board\n';
    await society.import('organisations', text);
    const before = (await society.facts()).length;
    for (const again of [text, 'type;name\r\nboard;Aldby\r\nboard;Aldby\r\n']) {
      expect(await society.import('organisations', again)).to.include({ added: 0, unchanged: 2 });
    }
    expect((await society.facts()).length).to.equal(before);
  });

  it('adds of a longer file what is new', async () => {
    await society.import('organisations', file('A,Aldby,x,,,1974-04-01,,'));
    const longer = file('A,Aldby,x,,,1974-04-01,,', 'B,Beckby,x,,,1974-04-01,2020-04-01,A');
    expect(await society.import('organisations', longer)).to.include({ added: 1, unchanged: 1 });
    expect(await fates(society)).to.deep.equal({ Beckby: ['merger', '2020-04-01', 'Aldby'] });
  });

  it('reports a row that has changed since, its end included, and does nothing about it', async () => {
    await society.import(
      'organisations',
      file('A,Aldby,x,,,1974-04-01,2020-04-01,', 'B,Beckby,x,,,,,'),
    );
    const before = (await society.facts()).length;
    const report = await society.import(
      'organisations',
      file('A,Aldby,x,,,1974-04-01,,', 'B,Backby,x,,,,,'),
    );
    expect(report).to.include({ added: 0, unchanged: 0, refused: 0 });
    expect(report.changed.map(({ line }) => line)).to.deep.equal([2, 3]);
    expect(report.failed).to.equal('changed rows: 2 of 2');
    expect((await society.facts()).length).to.equal(before);
  });

  it('refuses a code that a body of another source has', async () => {
    const text = file('A,Aldby,x,,E1,1974-04-01,,');
    await society.import('organisations', text);
    const report = await society.import('organisations', text, '--source', 'another');
    expect(report).to.include({ added: 0, refused: 1 });
    expect(report.bad[0]).to.include({ line: 2, column: 'gss-code', value: 'E1' });
  });

  it('writes nothing on a dry run, and reports what the import then does', async () => {
    const text = file(
      'A,Aldby,x,,,1974-04-01,2020-03-31,B',
      'B,Beckby,x,,,2020-04-01,,',
      'C,,x,,,,,',
    );
    const before = await society.facts();
    const dry = await society.import('organisations', text, '--dry-run');
    expect(await society.facts()).to.deep.equal(before);
    expect(dry).to.include({ added: 2, refused: 1 });
    const { dryRun: _, ...wet } = await society.import('organisations', text);
    expect({ ...wet, dryRun: true }).to.deep.equal(dry);
  });
});
