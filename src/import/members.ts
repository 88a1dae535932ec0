import { startEmployment } from '../commands/employment.ts';
import type { Importer } from '../commands/imported.ts';
import { joinScheme, registerMember } from '../commands/membership.ts';
import { type Bodies, bodiesOf } from './bodies.ts';
import type { Field } from './columns.ts';
import type { Kind, Making, Task } from './kind.ts';
import { remarkGrades } from './remarks.ts';
import { fitted, type Row } from './row.ts';

const fields: readonly Field[] = [
  {
    name: 'number',
    says: 'the membership number, which is the row’s own id',
    needed: true,
    guesses: [
      'membership number',
      'member number',
      'membership no',
      'member no',
      'member id',
      'no',
    ],
    digits: true,
  },
  {
    name: 'name',
    says: 'the whole name; else first and last',
    guesses: ['full name', 'member', 'member name'],
  },
  { name: 'first', says: 'first name', guesses: ['first name', 'forename', 'given name'] },
  { name: 'last', says: 'last name', guesses: ['last name', 'surname', 'family name'] },
  { name: 'email', says: 'an e-mail address', guesses: ['e-mail', 'email address', 'mail'] },
  { name: 'job-title', says: 'as the member has it', guesses: ['title', 'position', 'role'] },
  {
    name: 'grade',
    says: 'a code, or words of which one is made',
    needed: true,
    guesses: ['membership grade', 'membership type', 'level'],
  },
  {
    name: 'joined',
    says: 'the first day of the membership; today, unless said',
    guesses: ['join date', 'date joined', 'member since', 'joining date'],
  },
  { name: 'scheme', says: 'the id of a scheme that the member takes part in' },
  { name: 'scheme-from', says: 'since when; the first day of the membership, unless said' },
  {
    name: 'organisation',
    says: 'who employs the member: an id, a code or a name of the ledger’s bodies',
    guesses: ['employer', 'council', 'authority', 'local authority', 'organisation code'],
    digits: true,
  },
  {
    name: 'employed-from',
    says: 'since when; the first day of the membership, unless said',
    guesses: ['employed since', 'employment start', 'start date'],
  },
];

/** Members: registered, taking part in a scheme, employed. */
export const members: Kind = {
  name: 'members',
  fields,
  ids: ['number'],
  async make(making) {
    const bodies = await bodiesOf(making);
    const tasks = making.rows.flatMap((row) => enter(making, row, bodies));
    await remarkGrades(making);
    return [tasks];
  },
};

function enter(making: Making, row: Row, bodies: Bodies): Task[] {
  const { importer, trial, source } = making;
  const joined = row.day('joined');
  const names = [row.text('first'), row.text('last')].filter((part) => part !== undefined);
  const raw = {
    number: row.printed('number') ?? row.needed('number', 'a membership number is expected'),
    name: row.text('name') ?? (names.join(' ') || row.needed('name', 'a name is expected')),
    email: row.text('email'),
    jobTitle: row.text('job-title'),
    grade: row.neededCode('grade', 'a grade is expected, as full (--set grade=full for all)'),
    on: joined,
  };
  const scheme = schemeOf(row, joined);
  const post = postOf(making, row, joined, bodies);
  const body = fitted(row, registerMember.body, raw, fieldOf);
  if (body === undefined) return [];
  // The row's own id is its number, and that is in the key already, normalised.
  const steps = async (by: Importer): Promise<boolean> => {
    const begun = await by.register({ text: `${source}/` }, body);
    const answers = [
      begun,
      await by.follow(begun, { definition: joinScheme, body: scheme }),
      await by.follow(begun, { definition: startEmployment, body: post }),
    ];
    return answers.some((answer) => answer?.repeated === false);
  };
  // Where a later step is refused, the first is not taken: the row can be mended and brought in whole.
  const run = async (): Promise<boolean> => {
    const tried = await steps(trial);
    return trial === importer ? tried : steps(importer);
  };
  const about = {
    'number-taken': 'number',
    'number-erased': 'number',
    'rulebook-unknown': 'scheme',
    'organisation-ended': 'employed-from',
    'date-wrong': row.text('employed-from') === undefined ? 'joined' : 'employed-from',
  };
  return [{ row, lane: body.number.toUpperCase(), run, about }];
}

function schemeOf(row: Row, joined: string | undefined) {
  const scheme = row.text('scheme');
  if (scheme === undefined) return undefined;
  const on = row.day('scheme-from') ?? joined;
  if (on === undefined && row.text('joined') === undefined)
    row.complain('scheme-from', 'a day is expected where a scheme is named');
  return fitted(row, joinScheme.body, { scheme, on }, (part) =>
    part === 'on' ? 'scheme-from' : part,
  );
}

function postOf({ notice }: Making, row: Row, joined: string | undefined, bodies: Bodies) {
  const named = row.text('organisation');
  if (named === undefined) return undefined;
  const from = row.day('employed-from') ?? joined;
  if (from === undefined && row.text('joined') === undefined)
    row.complain('employed-from', 'a day is expected where a body is named');
  const [body, another] = bodies.find(named);
  if (body === undefined) {
    const expected = 'an id, a code or a name of a body in the ledger is expected';
    row.complain('organisation', `${expected}${bodies.near(named)}`);
  }
  if (another !== undefined) {
    row.complain('organisation', 'several bodies are called so: the code of one is expected');
  }
  if (body?.until !== undefined && from !== undefined && from < body.until) {
    const says = `${body.name} ended: ${body.until} is the first day without it, and the employment goes on; name the body that took its place, where the member went on there`;
    notice({ line: row.line, says });
  }
  const organisation = body?.id;
  const jobTitle = row.text('job-title');
  return fitted(row, startEmployment.body, { organisation, from, jobTitle }, (part) =>
    part === 'from' ? 'employed-from' : fieldOf(part),
  );
}

function fieldOf(part: string): string {
  const fields: Record<string, string> = { jobTitle: 'job-title', on: 'joined' };
  return fields[part] ?? part;
}
