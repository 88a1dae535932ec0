import { expect } from 'chai';
import { v4 } from 'uuid';
import { handle } from '../../src/commands/handle.ts';
import { publishRulebook } from '../../src/commands/scheme.ts';
import { type ImportingSociety, importingSociety } from '../support/importing.ts';
import { rulebook } from '../support/society.ts';

describe('An import remarks on what it takes, and what may not be meant', () => {
  let society: ImportingSociety;
  let scheme: string[];
  beforeEach(async () => {
    society = await importingSociety();
    scheme = ['--set', `scheme=${society.scheme}`];
  });

  const members = (text: string, ...options: string[]) =>
    society.import('members', `number,name,grade,joined,organisation\n${text}`, ...options);
  const says = (report: { notices: { line?: number; says: string }[] }) =>
    report.notices.map(({ line, says }) => `${line}: ${says}`);

  it('a grade of which no rulebook asks anything, with the one that is near, once', async () => {
    const rows =
      'M1,Ann,full,2024-01-01,\nM2,Bob,Ful,2024-01-01,\nM3,Cyd,ful,2024-01-01,\nM4,Dee,honorary,2024-01-01,\n';
    const dry = await members(rows, ...scheme, '--dry-run');
    expect(says(dry)).to.deep.equal([
      '3: grade ful (is full meant?): the rulebook asks nothing of it, so of 2 of 4 rows nothing is asked; it asks of associate, full',
      '5: grade honorary: the rulebook asks nothing of it, so of 1 of 4 rows nothing is asked; it asks of associate, full',
    ]);
    const { notices, added } = await members(rows, ...scheme);
    expect([notices, added]).to.deep.equal([dry.notices, 4]);
    // Who takes part in no scheme is asked nothing by any grade.
    expect(says(await members('M5,Eve,ful,2024-01-01,\n'))).to.deep.equal([]);
  });

  it('an employer whose name is near to that of a body, and one that has ended', async () => {
    const bodies =
      'id,name,type,from,until\nC1,London Borough of Camden,london-borough,1965-04-01,\nN1,Netherby,district,1974-04-01,2023-04-01\n';
    await society.import('organisations', bodies);
    const { bad, notices, added } = await members(
      'M1,Ann,full,2024-01-01,Camden\nM2,Bob,full,2024-01-01,Netherbi\nM3,Cyd,full,2024-01-01,Elsewhere\nM4,Dee,full,2020-01-01,Netherby\nM5,Eve,full,2020-01-01,C1\n',
    );
    const expected = 'an id, a code or a name of a body in the ledger is expected';
    expect(bad.map((one) => [one.line, one.expected])).to.deep.equal([
      [2, `${expected} (there is London Borough of Camden)`],
      [3, `${expected} (is Netherby meant?)`],
      [4, expected],
    ]);
    expect(notices.map(({ line }) => line)).to.deep.equal([5]);
    expect(notices[0]?.says).to.match(/^Netherby ended: 2023-04-01 is the first day without it/);
    expect(added).to.equal(2);
  });

  it('numbers of which most have lost their zeros, and none where numbers are just counted', async () => {
    const rows = (numbers: string[]) =>
      numbers.map((number) => `${number},Ann,full,2024-01-01,\n`).join('');
    const most = await members(rows(['125', '126', '127', '90125', '90126']), '--dry-run');
    expect(says(most)[0]).to.match(/^2: number: 3 of 5 have fewer than 5 digits, "125" first/);
    const counted = await members(rows(['8', '9', '10', '101']), '--dry-run');
    expect(counted.notices).to.deep.equal([]);
  });

  const claims = 'id,number,as,kind,title,amount,from,decided-on,cycle,points-category,points\n';

  it('a category of a balance that no rulebook has', async () => {
    await members('M1,Ann,full,2024-01-01,\n', ...scheme);
    const rows = `1,M1,balance,,,,,,2024,trainin,5\n2,M1,balance,,,,,,2024,training,5\n`;
    const report = await society.import('claims', claims + rows);
    expect(says(report)).to.deep.equal([
      '2: points-category trainin (is training meant?): the rulebook has no such category, in 1 rows; categories are self-study, training',
    ]);
    expect(report.added).to.equal(2);
  });

  it('claims decided elsewhere that count nothing, as their kind needs evidence', async () => {
    const [course, ...kinds] = rulebook.kinds;
    const strict = { ...rulebook, kinds: [{ ...course, evidence: { needed: true } }, ...kinds] };
    await society.with(async (ledger) => {
      const raw = { version: 2, effectiveFrom: '2020-01-01', rulebook: strict };
      await handle(ledger, {
        definition: publishRulebook,
        subject: society.scheme,
        raw,
        body: publishRulebook.body.parse(raw),
        key: v4(),
        actor: { id: society.admin, role: 'admin' },
        own: new Set([society.admin]),
        correlationId: v4(),
      });
    });
    await members('M1,Ann,full,2024-01-01,\n', ...scheme);
    const rows =
      '1,M1,decided,course,Cloud,2,2025-02-01,2025-02-10,,,\n2,M1,decided,reading,Book,2,2025-02-01,2025-02-10,,,\n3,M1,new,course,Cloud,2,2025-03-01,,,,\n';
    const report = await society.import('claims', claims + rows, '--dry-run');
    expect(says(report)).to.deep.equal([
      '2: kind course needs evidence, and 1 rows bring none: they are approved, and count nothing until evidence is attached to each',
    ]);
  });
});
