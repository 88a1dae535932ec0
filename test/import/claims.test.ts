import { expect } from 'chai';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';

const heading =
  'Ref,Member number,Status,Date submitted,Kind,Activity,Hours,Date,End date,Date approved,Approved by,Year,Points category,Balance';
const file = (...rows: string[]): string => `${[heading, ...rows].join('\n')}\n`;
const fresh = '1,M1,new,05/02/2025,Course,Cloud,1:20,01/02/2025,03/02/2025,,,,,';
const decided = '2,M1,approved,,course,Cloud,1.5,01/02/2025,,10/02/2025,A. Secretary,,,';
const balance = '3,M2,balance,,,,,,,,,2024,training,12.5';

describe('Importing claims', () => {
  let society: ImportingSociety;
  beforeEach(async () => {
    society = await importingSociety();
    await society.import(
      'members',
      'number,name,grade,joined\nM1,Anna,full,2024-01-01\nM2,Bert,full,2024-01-01\n0042,Cy,full,2024-01-01\n',
      '--set',
      `scheme=${society.scheme}`,
    );
  });

  it('brings in a new claim, which waits for a decision, with the day it was handed in', async () => {
    expect(await society.import('claims', file(fresh))).to.include({ added: 1, refused: 0 });
    const [fact] = (await society.facts()).slice(-1);
    expect(fact?.type).to.equal('Claimed');
    const [line] = fact?.type === 'Claimed' ? fact.data.lines : [];
    expect(line).to.deep.include({
      kind: 'course',
      quantity: { amount: 80, unit: 'minute' },
      from: '2025-02-01',
      until: '2025-02-04',
    });
    expect(fact?.metadata.submittedOn).to.deep.equal({ on: '2025-02-05', source: 'old-system' });
    expect(fact?.metadata.actor).to.include({ role: 'import', onBehalfOf: society.admin });
  });

  it('brings in a claim that was decided elsewhere, who and when as the old system said', async () => {
    await society.import('claims', file(decided));
    const [claimed, approved] = (await society.facts()).slice(-2);
    // Whoever decided had it by then.
    expect(claimed?.metadata.submittedOn).to.deep.equal({ on: '2025-02-10', source: 'old-system' });
    expect(approved?.type).to.equal('ClaimApproved');
    if (approved?.type !== 'ClaimApproved') return;
    const { decision, lines } = approved.data;
    expect(decision).to.include({ decidedOn: '2025-02-10', capacity: 'import' });
    expect(lines[0]?.awards.map(({ points }) => points)).to.deep.equal([150]);
    expect(JSON.stringify(approved.data)).not.to.include('Secretary');
    expect(JSON.stringify(approved.data)).to.include('lines/0/reason');
  });

  it('brings in an opening balance, in the only scheme of the member', async () => {
    await society.import('claims', file(balance));
    const [fact] = (await society.facts()).slice(-1);
    expect(fact?.type).to.equal('PointsBroughtIn');
    expect(fact?.data).to.deep.include({
      scheme: society.scheme,
      cycle: '2024',
      category: 'training',
      points: 1250,
    });
  });

  it('takes how all rows come in from --set, and asks for it where nothing says', async () => {
    const text = 'number,kind,title,hours,date\nM1,course,Cloud,2,01/02/2025\n';
    const silent = await society.import('claims', text).catch((error: Error) => error.message);
    expect(silent).to.include('no column for as').and.to.include('--set as=<value>');
    expect(await society.import('claims', text, '--set', 'as=new')).to.include({ added: 1 });
  });

  it('loses no good row to a bad one', async () => {
    const report = await society.import(
      'claims',
      file(
        '1,M9,new,,Course,x,1,01/02/2025,,,,,,',
        '2,42,new,,Course,x,1,01/02/2025,,,,,,',
        '3,M1,rejected,,Course,x,1,01/02/2025,,,,,,',
        '4,M1,new,,Dancing,x,1,01/02/2025,,,,,,',
        '5,M1,new,,Course,x,"1,500",01/02/2025,,,,,,',
        '6,M1,new,,Course,x,1,01/02/2999,,,,,,',
        '7,M1,decided,,Course,x,1,01/02/2025,,01/01/2025,,,,',
        '8,M1,decided,,Course,x,1,01/02/2025,,,,,,',
        '9,M1,new,,Course,x,1,01/02/2020,,,,,,',
        '10,M1,new,,Course,,1,01/02/2025,,,,,,',
        '11,M1,balance,,,,,,,,,2024,training,x',
        '12,M1,new,,Course,x,1,01/02/2025,,,,,,',
      ),
    );
    expect(report).to.include({ rows: 12, added: 1, refused: 11 });
    expect(report.bad.map(({ line, column }) => [line, column])).to.deep.equal([
      [2, 'Member number'],
      [3, 'Member number'],
      [4, 'Status'],
      [5, 'Kind'],
      [6, 'Hours'],
      [7, 'End date'],
      [8, 'Date approved'],
      [9, 'Date approved'],
      [10, 'Date'],
      [11, 'Activity'],
      [12, 'Balance'],
    ]);
    expect(report.bad[1]?.expected).to.include('there is 0042').and.to.include('--digits number=4');
  });

  it('adds nothing when it is run again, and tells rows that are alike apart', async () => {
    const text = 'number,as,kind,title,hours,date\nM1,new,course,Cloud,2,01/02/2025\n';
    const twice = `${text}M1,new,course,Cloud,2,01/02/2025\n`;
    expect(await society.import('claims', text)).to.include({ added: 1 });
    expect(await society.import('claims', twice)).to.include({ added: 1, unchanged: 1 });
    expect(await society.import('claims', twice)).to.include({ added: 0, unchanged: 2 });
  });

  it('knows a row by its own id, and tells one that has changed, the day it was handed in too', async () => {
    await society.import('claims', file(fresh, decided, balance));
    const before = (await society.facts()).length;
    const other = [
      fresh.replace('05/02/2025', '06/02/2025'),
      decided.replace('1.5', '2.5'),
      balance.replace('12.5', '13'),
    ];
    const report = await society.import('claims', file(...other));
    expect(report.changed.map(({ line }) => line)).to.deep.equal([2, 3, 4]);
    expect(await society.import('claims', file(balance, fresh, decided))).to.include({
      unchanged: 3,
    });
    expect((await society.facts()).length).to.equal(before);
  });

  it('goes on where it was interrupted', async () => {
    await society.import('claims', file(fresh));
    const report = await society.import('claims', file(fresh, decided, balance));
    expect(report).to.include({ added: 2, unchanged: 1 });
  });

  it('does on a dry run what the import then does, and writes nothing', async () => {
    const text = file(fresh, decided, balance, fresh.replace('M1', 'M9'), fresh);
    const before = await society.facts();
    const dry = await society.import('claims', text, '--dry-run');
    expect(await society.facts()).to.deep.equal(before);
    const { dryRun: _, ...wet } = await society.import('claims', text);
    expect({ ...wet, dryRun: true }).to.deep.equal(dry);
    expect(wet).to.include({ added: 3, unchanged: 1, refused: 1 });
  });
});
