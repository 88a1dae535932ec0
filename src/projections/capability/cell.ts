import { pageOf, placeOf } from '../paging.ts';
import type { StandingSource } from '../standing-walk.ts';
import type { Page, PageRequest } from '../views.ts';
import { type Asked, askedOf, type CapabilityQuery } from './asked.ts';
import { type CreditTold, creditsTold } from './derivation.ts';
import { type Holding, holdingsIn } from './holdings.ts';
import { type Human, humans } from './humans.ts';
import type { Moment } from './moments.ts';
import { type Placed, placedAt } from './placing.ts';
import { PERSON_OF } from './queries.ts';
import { levelOf } from './terms.ts';

/** One skill of somebody: at what level it is counted, if it is, and every credit that speaks of it. */
export interface SkillDerived {
  skill: string;
  name: string;
  /** Absent where nothing of it runs on that day. */
  level?: string;
  current: boolean;
  /** Whether it is in the cell. */
  counted: boolean;
  credits: CreditTold[];
}

/** Why somebody is in a cell, or is not. */
export interface MemberDerived {
  member: string;
  /** Other ids that this human had. */
  absorbed: string[];
  counted: boolean;
  /** Where, in hundredths of a person. */
  placed: {
    council: string;
    /** Of the body; none where they are at none. */
    name?: string;
    region: string;
    type: string;
    grade: string;
    people: number;
  }[];
  skills: SkillDerived[];
}

export interface CellDerived {
  on: string;
  asOf: number;
  items: MemberDerived[];
  next?: string;
}

/**
 * Takes a figure apart: who is counted in the cell that the filters of the question select, by which facts; with
 * `all` those, too, of whom there is something of these skills that does not count.
 *
 * @throws BadCursor; RangeError when the time of `asOf` is no instant
 */
export async function capabilityCell(
  source: StandingSource,
  query: CapabilityQuery & { all?: boolean | undefined },
  page: PageRequest,
): Promise<CellDerived> {
  const place = placeOf(page.cursor, ['number', 'number']) as [number, number] | undefined;
  const [index, from] = place ?? [undefined, 0];
  const wanted = { ...query, by: [], ...(index === undefined ? {} : { asOf: { index } }) };
  const asked = await askedOf(source, wanted);
  const items = await pageFrom(derived(source, asked, query.all === true), asked.end, page, from);
  return { on: query.on, asOf: asked.end, ...items };
}

/** A page of what is found one after another, from a place on; its cursor keeps the index that was looked at. */
export async function pageFrom<Item>(
  finding: AsyncIterable<Item>,
  end: number,
  page: PageRequest,
  from: number,
): Promise<Page<Item>> {
  const found: Item[] = [];
  for await (const one of finding) {
    found.push(one);
    if (found.length > from + page.limit) break;
  }
  return pageOf(
    found.slice(from),
    page,
    () => [end, from + page.limit],
    (one) => one,
  );
}

async function* derived(
  source: StandingSource,
  asked: Asked,
  all: boolean,
): AsyncGenerator<MemberDerived> {
  const [moment] = asked.moments;
  if (moment === undefined) return;
  const reader = holdingsIn(asked.terms);
  for await (const human of humans(source, asked.walking)) {
    const placed = placedAt(human, moment).filter(asked.here);
    if (placed.length === 0) continue;
    const holdings = reader.on(human, moment.day, moment.staleBy);
    const counted = holdings.some(asked.wanted);
    if (!counted && !all) continue;
    const one = await memberDerived(source, asked, { human, moment, placed, holdings });
    if (one.skills.length > 0) yield one;
  }
}

/** Somebody with where they are and what they have, on the day that is looked at. */
export interface Looked {
  human: Human;
  moment: Moment;
  placed: readonly Placed[];
  holdings: readonly Holding[];
}

/** Why somebody counts where the question asks, or does not, by every credit. */
export async function memberDerived(
  source: StandingSource,
  asked: Asked,
  { human, moment, placed, holdings }: Looked,
): Promise<MemberDerived> {
  const database = await source.rows();
  const person = database.prepare(PERSON_OF);
  const ids = human.numbers.map((number) => (person.get(number) as { person: string }).person);
  const credits = await creditsTold(source, asked, { human, moment, holdings });
  const skills = [...credits].flatMap(([skill, told]): SkillDerived[] => {
    const named = asked.terms.skills[skill];
    if (named === undefined || !asked.wantedSkill(skill)) return [];
    const holding = holdings.find((one) => one.skill === skill);
    const framework = asked.terms.frameworks[named.framework];
    const level =
      holding === undefined || framework === undefined
        ? {}
        : { level: levelOf(framework, holding.rank) };
    const counted = holding !== undefined && asked.wanted(holding);
    const current = holding?.current ?? false;
    return [{ skill: named.skill, name: named.name, ...level, current, counted, credits: told }];
  });
  return {
    member: ids[0] ?? '',
    absorbed: ids.slice(1),
    counted: skills.some((one) => one.counted),
    placed: placed.map(({ place, grade, people }) => {
      const { council, region, type } = place;
      const name = moment.places.body(council)?.name;
      return { council, ...(name === undefined ? {} : { name }), region, type, grade, people };
    }),
    skills,
  };
}
