import { claimActivity } from '../commands/claim.ts';
import type { CommandDefinition } from '../commands/define.ts';
import { importDecidedClaim } from '../commands/import-claim.ts';
import { bringInPoints } from '../commands/points.ts';
import { addDays } from '../scheme/civil-date.ts';
import { claimFields } from './claim-fields.ts';
import type { Kind, Making, Task } from './kind.ts';
import { remarkCategories, remarkEvidence } from './remarks.ts';
import { codeOf, fitted, type Row } from './row.ts';

/** What old systems call the three ways in which a claim comes in. */
const ways: Readonly<Record<string, 'new' | 'decided' | 'balance'>> = {
  new: 'new',
  pending: 'new',
  submitted: 'new',
  decided: 'decided',
  approved: 'decided',
  accepted: 'decided',
  balance: 'balance',
  'opening-balance': 'balance',
};

const about = {
  erased: 'number',
  merged: 'number',
  'member-unknown': 'number',
  'membership-ended': 'number',
  'scheme-not-joined': 'from',
  'rulebook-unknown': 'from',
  'claimed-too-early': 'until',
  'cycle-wrong': 'cycle',
  'kind-unknown': 'kind',
  'unit-wrong': 'unit',
};

/** Claims of members: new ones, ones decided elsewhere, and opening balances. */
export const claims: Kind = {
  name: 'claims',
  fields: claimFields,
  ids: ['id'],
  async make(making) {
    const tasks: Task[] = [];
    const elsewhere: { row: Row; scheme: string }[] = [];
    const balances: { row: Row; scheme: string }[] = [];
    for (const row of making.rows) {
      const member = await memberOf(making, row);
      const way = wayOf(row);
      if (way === 'new') tasks.push(...claimed(making, row, member));
      else if (way === 'decided') {
        tasks.push(...decided(making, row, member));
        for (const scheme of await schemesOf(making, member)) elsewhere.push({ row, scheme });
      } else if (way === 'balance') {
        const scheme = row.text('scheme') ?? (await onlyScheme(making, row, member));
        tasks.push(...brought(making, row, member, scheme));
        if (scheme !== undefined) balances.push({ row, scheme });
      }
    }
    await remarkEvidence(making, elsewhere);
    await remarkCategories(making, balances);
    return [tasks];
  },
};

function wayOf(row: Row) {
  const expected = 'new, decided or balance is expected (--set as=new for all)';
  const said = row.neededCode('as', expected);
  const way = ways[said];
  if (way === undefined) row.complain('as', expected);
  return way;
}

async function memberOf({ importer }: Making, row: Row): Promise<string> {
  const { vault } = importer.ledger;
  const number = row.printed('number') ?? row.needed('number', 'a membership number is expected');
  if (number === '') return '';
  const person = await vault.personByNumber(number);
  if (person !== undefined) return person;
  let hint = '';
  for (let width = number.length + 1; /^\d+$/.test(number) && width <= MOST_DIGITS; width++) {
    const padded = number.padStart(width, '0');
    if ((await vault.personByNumber(padded)) === undefined) continue;
    hint = `; there is ${padded}, so leading zeros may be lost (--digits number=${width})`;
    break;
  }
  row.complain('number', `the number of a member is expected${hint}`);
  return '';
}

const MOST_DIGITS = 12;

function claimed(making: Making, row: Row, member: string): Task[] {
  return task(making, row, member, claimActivity, { lines: [lineOf(row)] });
}

function decided(making: Making, row: Row, member: string): Task[] {
  row.needed('decided-on', 'a day is expected where a claim was decided elsewhere');
  const decision = { on: row.day('decided-on'), says: row.text('decided-by') };
  const body = { claim: { lines: [lineOf(row)] }, decided: decision };
  // Whoever decided had it before them: without this, a deadline for recording would take all of it.
  const submitted = row.day('submitted') ?? decision.on;
  return task(making, row, member, importDecidedClaim, body, submitted);
}

function lineOf(row: Row) {
  row.needed('from', 'a day is expected');
  const from = row.day('from');
  const last = row.day('until');
  const attributes = Object.fromEntries(
    ['role', 'level', 'delivery'].map((field) => [field, row.code(field)] as const),
  );
  const topics = (row.text('topics') ?? '').split(/[,;|]/).flatMap((topic) => codeOf(topic) ?? []);
  return {
    kind: row.neededCode('kind', 'a kind of the rulebook is expected'),
    quantity: quantityOf(row),
    from,
    // People write the last day, facts the day after it.
    ...(last === undefined ? {} : { until: addDays(last, 1) }),
    title: row.needed('title', 'what was done is expected'),
    provider: row.text('provider'),
    reflection: row.text('reflection'),
    ...(Object.values(attributes).some(Boolean) ? { attributes } : {}),
    ...(topics.length > 0 ? { topics } : {}),
  };
}

/** An hour is sixty minutes, to the nearest; everything else is kept in hundredths. */
function quantityOf(row: Row) {
  const unit = (row.code('unit') ?? 'hour').replace(/s$/, '');
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(row.needed('amount', 'a number is expected'));
  if (unit === 'hour' && clock !== null) {
    return { amount: Number(clock[1]) * 60 + Number(clock[2]), unit: 'minute' };
  }
  const amount = row.hundredths('amount') ?? 0;
  if (unit === 'hour') return { amount: Math.round((amount * 60) / 100), unit: 'minute' };
  if (unit === 'minute') return { amount: Math.round(amount / 100), unit };
  return { amount, unit };
}

function brought(making: Making, row: Row, member: string, scheme: string | undefined): Task[] {
  row.needed('points', 'a number of points is expected');
  const body = {
    scheme,
    cycle: row.neededCode('cycle', 'a year is expected, as 2025'),
    category: row.neededCode('points-category', 'a category of points is expected'),
    points: row.hundredths('points'),
    lapsesOn: row.day('lapses-on'),
  };
  return task(making, row, member, bringInPoints, body);
}

async function schemesOf({ importer }: Making, member: string): Promise<string[]> {
  if (member === '') return [];
  const { state } = await importer.ledger.streams.load('member', member);
  return [...state.membership.schemes.keys()];
}

async function onlyScheme(making: Making, row: Row, member: string) {
  if (member === '') return undefined;
  const [scheme, another] = await schemesOf(making, member);
  if (scheme !== undefined && another === undefined) return scheme;
  row.complain(
    'scheme',
    'the id of a scheme is expected: this member takes part in none, or several',
  );
  return undefined;
}

function task<Body>(
  { importer, nameOf }: Making,
  row: Row,
  member: string,
  definition: CommandDefinition<string, 'member', Body>,
  raw: object,
  submitted = row.day('submitted'),
): Task[] {
  const body = fitted(row, definition.body, raw, fieldOf);
  if (body === undefined) return [];
  const run = async (): Promise<boolean> => {
    const asked = { definition, subject: member, body };
    return !(await importer.ofMember(nameOf(row), asked, submitted)).repeated;
  };
  return [{ row, lane: member, run, about: { ...about, ...dateWrong[definition.name] } }];
}

/** Which of the days is wrong depends on what was asked. */
const dateWrong: Readonly<Record<string, Record<string, string>>> = {
  claim: { 'date-wrong': 'until' },
  'import-decided-claim': { 'date-wrong': 'decided-on' },
};

function fieldOf(part: string): string {
  const fields: Record<string, string> = {
    on: 'decided-on',
    says: 'decided-by',
    category: 'points-category',
    lapsesOn: 'lapses-on',
  };
  return fields[part] ?? part;
}
