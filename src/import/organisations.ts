import type { Begun } from '../commands/imported.ts';
import {
  endOrganisation,
  registerOrganisation,
  succeedOrganisation,
} from '../commands/organisation.ts';
import type { Field } from './columns.ts';
import { type Ending, endingsOf } from './endings.ts';
import type { Kind, KnownOrganisation, Making, Task } from './kind.ts';
import { codeOf, fitted, type Row } from './row.ts';

const codeSays = 'a code, or words of which one is made';
const fields: readonly Field[] = [
  {
    name: 'id',
    says: 'the row’s own id in the old system; a code of the body, too',
    guesses: ['local-authority-code', 'organisation id', 'reference', 'ref'],
    digits: true,
  },
  {
    name: 'name',
    says: 'as it is written',
    needed: true,
    guesses: ['official-name', 'organisation name', 'organisation', 'council name', 'council'],
  },
  {
    name: 'type',
    says: codeSays,
    needed: true,
    guesses: ['local-authority-type', 'organisation type'],
  },
  { name: 'region', says: codeSays },
  { name: 'nation', says: codeSays, guesses: ['country'] },
  {
    name: 'code',
    says: 'its code in the register after which the column is named (gss-code: gss)',
    guesses: ['gss-code', 'gss', 'ons code'],
    digits: true,
  },
  { name: 'from', says: 'its first day', guesses: ['start-date', 'start', 'established'] },
  { name: 'until', says: 'the day it ended', guesses: ['end-date', 'end', 'ended', 'abolished'] },
  {
    name: 'successors',
    says: 'who took its place: ids, codes or names, apart by commas',
    guesses: ['replaced-by', 'successor', 'succeeded by'],
  },
  {
    name: 'kind',
    says: 'merger, split or rename; else it is told from who succeeds whom',
    guesses: ['succession', 'succession kind'],
  },
];

/** Taken as the first day of a body of which none is known. */
const LONG_AGO = '1900-01-01';

/** Bodies and what became of them. All are entered before any is ended: a chain may stand in any order. */
export const organisations: Kind = {
  name: 'organisations',
  fields,
  ids: ['id', 'code'],
  async make(making) {
    const endings = await endingsOf(making);
    const holders = holdersOf(await making.organisations());
    const begun = new Map<Row, Begun>();
    const entering = making.rows.flatMap((row) =>
      enter(making, row, endings.get(row)?.until, holders, begun),
    );
    const ending = entering.map(({ row }) => end(making, row, endings.get(row), begun));
    const unknown = entering.filter(({ row }) => row.text('from') === undefined).length;
    if (unknown > 0) {
      making.notice({
        says: `rows without a first day: ${unknown}; ${LONG_AGO} is taken (--set from=<day> takes another)`,
      });
    }
    return [entering, ending];
  },
};

function enter(
  making: Making,
  row: Row,
  until: string | undefined,
  holders: ReadonlyMap<string, KnownOrganisation>,
  begun: Map<Row, Begun>,
): Task[] {
  const { importer } = making;
  const named = making.nameOf(row);
  const from = row.day('from') ?? LONG_AGO;
  const codes = codesOf(making, row);
  for (const { field, ...identifier } of codes) {
    const holder = holders.get(keyOf(identifier));
    if (holder !== undefined && holder.id !== importer.idOf('organisation', named)) {
      row.complain(field, `a code of no other body: it is that of ${holder.name}, ${holder.id}`);
    }
  }
  const raw = {
    name: row.needed('name', 'a name is expected'),
    type: row.neededCode('type', 'a type is expected, as district'),
    region: row.code('region'),
    nation: row.code('nation'),
    from,
    identifiers: codes.map(({ field: _, ...identifier }) => ({ ...identifier, from })),
  };
  if (until !== undefined && until <= from) {
    row.complain('until', `a day after the first, ${from}, is expected`);
  }
  const body = fitted(row, registerOrganisation.body, raw, (part) => part);
  if (body === undefined) return [];
  const run = async (): Promise<boolean> => {
    const answer = await importer.begin(named, { definition: registerOrganisation, body });
    begun.set(row, answer);
    return !answer.repeated;
  };
  return [{ row, lane: named.text, run, about: { 'date-wrong': 'from' } }];
}

function end(
  { importer, nameOf }: Making,
  row: Row,
  ending: Ending | undefined,
  begun: ReadonlyMap<Row, Begun>,
): Task {
  const { until, successors = [], kind } = ending ?? {};
  const ended = until === undefined || successors.length > 0 ? undefined : { until };
  const succeeded =
    until === undefined || kind === undefined || successors.length === 0
      ? undefined
      : { successors, kind, effectiveOn: until };
  const run = async (): Promise<boolean> => {
    const entered = begun.get(row);
    if (entered === undefined) return false;
    const answers = [
      await importer.follow(entered, { definition: endOrganisation, body: ended }),
      await importer.follow(entered, { definition: succeedOrganisation, body: succeeded }),
    ];
    return answers.some((answer) => answer?.repeated === false);
  };
  const about = {
    'date-wrong': 'until',
    'organisation-ended': 'until',
    'organisation-unknown': 'successors',
    'succeeds-itself': 'successors',
  };
  return { row, lane: nameOf(row).text, run, about };
}

/** The codes of a row, each in the register that its column's heading names, or else the source. */
function codesOf({ headingOf, source }: Making, row: Row) {
  return ['id', 'code'].flatMap((field) => {
    const value = row.printed(field);
    const heading = (codeOf(headingOf(field) ?? '') ?? '').replace(
      /(^|-)(code|id|ref|reference)$/,
      '',
    );
    const register = heading === '' ? source : heading;
    return value === undefined ? [] : [{ field, register, code: value }];
  });
}

/** Bodies that are there still, by their codes. */
function holdersOf(known: readonly KnownOrganisation[]): Map<string, KnownOrganisation> {
  const standing = known.filter(({ until }) => until === undefined);
  return new Map(
    standing.flatMap((holder) =>
      holder.identifiers.map((identifier) => [keyOf(identifier), holder] as const),
    ),
  );
}

function keyOf({ register, code }: { register: string; code: string }): string {
  return `${register}/${code}`;
}
